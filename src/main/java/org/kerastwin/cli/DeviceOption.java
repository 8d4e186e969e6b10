package org.kerastwin.cli;

import java.util.List;
import org.kerastwin.graph.Device;
import org.kerastwin.graph.NativeRuntime;
import picocli.CommandLine.Option;

/** The option {@code --device}. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      description = "Where to run (default: ${DEFAULT-VALUE}, the first GPU or else the CPU).")
  private String request;

  /** Loads TensorFlow, and finds the device that was asked for. */
  Device select() {
    NativeRuntime.loadQuietly();
    return Device.select(request, request.equals("cpu") ? List.of() : NativeRuntime.gpus());
  }
}

package org.kerastwin.cli;

import java.util.List;
import org.kerastwin.graph.Device;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.layers.Pass;
import picocli.CommandLine.Option;

/** The option {@code --device}. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      description = "Where to run (default: ${DEFAULT-VALUE}, the first GPU or else the CPU).")
  private String request;

  /**
   * Loads TensorFlow with the kernels that fit, and finds the device that was asked for.
   *
   * @param form the exact one leaves the choice of kernels to TensorFlow, as Keras does
   */
  Device select(Pass.Form form) {
    if (form == Pass.Form.FAST) {
      NativeRuntime.preferOneDnn();
    }
    NativeRuntime.loadQuietly();
    return Device.select(request, request.equals("cpu") ? List.of() : NativeRuntime.gpus());
  }
}

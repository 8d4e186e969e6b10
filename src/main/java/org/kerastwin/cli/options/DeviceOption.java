package org.kerastwin.cli.options;

import java.util.OptionalDouble;
import org.kerastwin.layers.Pass;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.cuda.DeviceSelection;
import picocli.CommandLine.Option;

/** The options {@code --device} and {@code --gpu-memory-fraction}. */
public final class DeviceOption {
  @Option(names = "--device", order = 60, paramLabel = "auto|cpu|gpu[:N]", defaultValue = "auto")
  private DeviceRequest request;

  @Range(from = Range.ABOVE_ZERO, to = 1, words = "a number above 0 and at most 1")
  @Option(names = "--gpu-memory-fraction", order = 61, paramLabel = "F")
  private Double memoryFraction;

  /**
   * Loads TensorFlow with suitable kernels, and finds the requested device.
   *
   * @param form the exact form leaves the choice of kernels to TensorFlow, like Keras, and is
   *     reproducible on a GPU
   */
  public DeviceSelection select(Pass.Form form) {
    return select(form, form == Pass.Form.EXACT);
  }

  /**
   * The same.
   *
   * @param reproducible whether a GPU must compute reproducibly and in full float32
   */
  public DeviceSelection select(Pass.Form form, boolean reproducible) {
    if (form == Pass.Form.FAST) {
      NativeRuntime.preferOneDnn();
    }
    OptionalDouble fraction =
        memoryFraction == null ? OptionalDouble.empty() : OptionalDouble.of(memoryFraction);
    return DeviceSelection.of(request, fraction, reproducible);
  }

  /** Whether the user requires a GPU. */
  public boolean requiresGpu() {
    return !request.takesCpu();
  }
}

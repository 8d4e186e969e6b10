package org.kerastwin.runtime.cuda;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.runtime.GpuArithmetic;
import org.kerastwin.runtime.GpuSearch;
import org.kerastwin.runtime.Gpus;

/**
 * The device to run on.
 *
 * @param device the device
 * @param notice a note for the user: that there is no GPU although the program could use one, or
 *     how a GPU is made reproducible
 */
public record DeviceSelection(Device device, Optional<String> notice) {
  /** The CPU, which needs no note. */
  public static final DeviceSelection CPU = new DeviceSelection(Device.CPU, Optional.empty());

  private static final String NO_GPU = "No GPU, %s: running on the CPU. 'doctor' shows what to do.";

  /**
   * Loads TensorFlow and finds the requested device.
   *
   * @param memoryFraction the largest share of the GPU's memory to use; empty for no limit
   * @param reproducible whether a GPU must compute reproducibly and in full float32
   * @throws EnvironmentException if the requested GPU does not exist or can't be used
   */
  public static DeviceSelection of(
      DeviceRequest request, OptionalDouble memoryFraction, boolean reproducible) {
    return request.takesGpu()
        ? of(request, Cuda.ofBuild(), () -> GpuSearch.find(memoryFraction), reproducible)
        : CPU;
  }

  /** The same, given TensorFlow's requirements for a GPU and the GPUs that it finds. */
  static DeviceSelection of(
      DeviceRequest request, Cuda cuda, Supplier<Gpus> search, boolean reproducible) {
    Optional<GpuArithmetic> arithmetic = Optional.empty();
    if (cuda.hasDriver()) {
      // Must come before the first CUDA library: they read the environment when they are loaded.
      arithmetic = reproducible ? Optional.of(GpuArithmetic.reproducible()) : Optional.empty();
      try {
        cuda.redistributed().open();
      } catch (EnvironmentException unusable) {
        return cpuInstead(request, unusable);
      }
    }
    Gpus gpus = cuda.missing().map(Gpus::without).orElseGet(search);
    Device device = request.among(gpus);
    if (!device.isCpu()) {
      return new DeviceSelection(device, arithmetic.map(DeviceSelection::notice));
    }
    return new DeviceSelection(
        device, gpus.reasonForNone().filter(why -> cuda.builtIn()).map(NO_GPU::formatted));
  }

  /** Describes the effect of a GPU's arithmetic on the results; the user may have changed it. */
  static String notice(GpuArithmetic arithmetic) {
    return (arithmetic.isFloat32()
            ? "Results on the GPU equal Keras's up to rounding: %s."
            : "Results on the GPU equal Keras's only up to the rounding of TF32: %s.")
        .formatted(arithmetic);
  }

  /** The CPU instead of a GPU with damaged libraries, unless a GPU was requested. */
  private static DeviceSelection cpuInstead(DeviceRequest request, EnvironmentException unusable) {
    if (!request.takesCpu()) {
      throw unusable;
    }
    return new DeviceSelection(
        Device.CPU, Optional.of("No GPU, running on the CPU: " + unusable.getMessage()));
  }
}

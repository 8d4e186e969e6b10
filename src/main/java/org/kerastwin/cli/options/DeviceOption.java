package org.kerastwin.cli.options;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.layers.Pass;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.runtime.GpuArithmetic;
import org.kerastwin.runtime.GpuSearch;
import org.kerastwin.runtime.Gpus;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.cuda.Cuda;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --device} and {@code --gpu-memory-fraction}. */
public final class DeviceOption {
  @Option(
      names = "--device",
      order = 60,
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      converter = Converter.class,
      description =
          "Where to run; gpu:0 is the first GPU (default: ${DEFAULT-VALUE}, the first GPU if there"
              + " is one).")
  private DeviceRequest request;

  @Option(
      names = "--gpu-memory-fraction",
      order = 61,
      paramLabel = "F",
      converter = Ranges.Fraction.class,
      description =
          "The largest share of the GPU's memory to use, above 0 and at most 1 (default: no"
              + " limit). Memory is allocated as needed.")
  private Double memoryFraction;

  private String notice;

  /** For picocli, which fills it. */
  public DeviceOption() {}

  /** An option with this {@code --device}. */
  DeviceOption(DeviceRequest request) {
    this.request = request;
  }

  /**
   * Loads TensorFlow with suitable kernels, and finds the requested device.
   *
   * @param form the exact form leaves the choice of kernels to TensorFlow, like Keras, and is
   *     reproducible on a GPU
   */
  public Device select(Pass.Form form) {
    return select(form, form == Pass.Form.EXACT);
  }

  /**
   * The same.
   *
   * @param reproducible whether a GPU must compute reproducibly and in full float32
   */
  public Device select(Pass.Form form, boolean reproducible) {
    if (form == Pass.Form.FAST) {
      NativeRuntime.preferOneDnn();
    }
    if (!request.takesGpu()) {
      return Device.CPU;
    }
    return select(Cuda.ofBuild(), GpuSearch::find, reproducible);
  }

  /** The same, given TensorFlow's requirements for a GPU and the GPUs that it finds. */
  Device select(Cuda cuda, Function<OptionalDouble, Gpus> search, boolean reproducible) {
    Optional<GpuArithmetic> arithmetic = Optional.empty();
    if (cuda.hasDriver()) {
      // Must come before the first CUDA library: they read the environment when they are loaded.
      arithmetic = reproducible ? Optional.of(GpuArithmetic.reproducible()) : Optional.empty();
      try {
        cuda.redistributed().open();
      } catch (EnvironmentException unusable) {
        return processor(unusable);
      }
    }
    Optional<String> missing = cuda.missing();
    Gpus gpus = missing.map(Gpus::without).orElseGet(() -> search.apply(fraction()));
    Device device = request.among(gpus);
    if (!device.isCpu()) {
      notice = arithmetic.map(DeviceOption::words).orElse(null);
    } else if (cuda.builtIn()) {
      notice =
          gpus.whyNone()
              .map("No GPU, %s: running on the CPU. 'doctor' tells what to do."::formatted)
              .orElse(null);
    }
    return device;
  }

  /** Describes the effect of a GPU's arithmetic on the results; the user may have changed it. */
  static String words(GpuArithmetic arithmetic) {
    return (arithmetic.isFloat32()
            ? "On a GPU equal to Keras up to rounding: %s."
            : "On a GPU equal to Keras only as far as TF32 goes: %s.")
        .formatted(arithmetic);
  }

  /** The CPU instead of a GPU with damaged libraries, unless a GPU was requested. */
  private Device processor(EnvironmentException unusable) {
    if (requiresGpu()) {
      throw unusable;
    }
    notice = "No GPU, running on the CPU: " + unusable.getMessage();
    return Device.CPU;
  }

  private OptionalDouble fraction() {
    return memoryFraction == null ? OptionalDouble.empty() : OptionalDouble.of(memoryFraction);
  }

  /** Whether the user requires a GPU. */
  public boolean requiresGpu() {
    return !request.takesCpu();
  }

  /**
   * A note about the selected device: that there is no GPU although the program could use one, or
   * how a GPU is made reproducible.
   */
  public Optional<String> notice() {
    return Optional.ofNullable(notice);
  }

  /** Parses a device, before anything is loaded. */
  public static final class Converter implements ITypeConverter<DeviceRequest> {
    @Override
    public DeviceRequest convert(String text) {
      return DeviceRequest.of(text)
          .orElseThrow(() -> new TypeConversionException("auto, cpu, gpu or gpu:N"));
    }
  }
}

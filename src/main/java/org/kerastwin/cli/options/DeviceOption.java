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
          "Where to run (default: ${DEFAULT-VALUE}: the first GPU, or else the CPU). GPUs count"
              + " from 0.")
  private DeviceRequest request;

  @Option(
      names = "--gpu-memory-fraction",
      order = 61,
      paramLabel = "F",
      converter = Ranges.Fraction.class,
      description =
          "The largest share of a GPU's memory to use, above 0 and at most 1 (default: no limit)."
              + " Memory is taken as it is needed.")
  private Double memoryFraction;

  private String notice;

  /** For the command line, which fills it. */
  public DeviceOption() {}

  /** What the command line would make of {@code --device}. */
  DeviceOption(DeviceRequest request) {
    this.request = request;
  }

  /**
   * Loads TensorFlow with the kernels that fit, and finds the device that was asked for.
   *
   * @param form the exact one leaves the choice of kernels to TensorFlow, as Keras does; on a GPU
   *     it is reproducible
   */
  public Device select(Pass.Form form) {
    return select(form, form == Pass.Form.EXACT);
  }

  /**
   * The same.
   *
   * @param reproducible whether a GPU has to compute in float32 throughout, and the same from run
   *     to run
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

  /** The same where a GPU may do, given what TensorFlow needs for one and finds. */
  Device select(Cuda cuda, Function<OptionalDouble, Gpus> search, boolean reproducible) {
    Optional<GpuArithmetic> arithmetic = Optional.empty();
    if (cuda.hasDriver()) {
      // Before the first of CUDA's libraries is open: they read the environment as they are opened.
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

  /** What a GPU's arithmetic means for the results; the user may have set it otherwise. */
  static String words(GpuArithmetic arithmetic) {
    return (arithmetic.isFloat32()
            ? "On a GPU equal to Keras up to rounding: %s."
            : "On a GPU equal to Keras only as far as TF32 goes: %s.")
        .formatted(arithmetic);
  }

  /** The processor in place of a GPU whose libraries can't be opened, unless that was asked for. */
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

  /** Whether the user asks for a GPU and nothing else. */
  public boolean requiresGpu() {
    return !request.takesCpu();
  }

  /**
   * What the user might not expect of the selected device: that there is no GPU where the program
   * could use one, or how a GPU is made reproducible.
   */
  public Optional<String> notice() {
    return Optional.ofNullable(notice);
  }

  /** Refuses a name of no device before anything is loaded. */
  public static final class Converter implements ITypeConverter<DeviceRequest> {
    @Override
    public DeviceRequest convert(String text) {
      return DeviceRequest.of(text)
          .orElseThrow(() -> new TypeConversionException("auto, cpu, gpu or gpu:N"));
    }
  }
}

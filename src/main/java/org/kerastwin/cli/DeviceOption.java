package org.kerastwin.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.kerastwin.cuda.Cuda;
import org.kerastwin.graph.Device;
import org.kerastwin.graph.Gpus;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.layers.Pass;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --device} and {@code --gpu-memory-fraction}. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      converter = Converter.class,
      description =
          "Where to run (default: ${DEFAULT-VALUE}, the first GPU or else the CPU); N counts from"
              + " 0.")
  private String request;

  @Option(
      names = "--gpu-memory-fraction",
      paramLabel = "F",
      converter = Ranges.Fraction.class,
      description =
          "The most of a GPU's memory to take, above 0 and at most 1 (default: no limit); it is"
              + " taken as it is needed.")
  private Double memoryFraction;

  private String notice;

  /**
   * Loads TensorFlow with the kernels that fit, and finds the device that was asked for.
   *
   * @param form the exact one leaves the choice of kernels to TensorFlow, as Keras does
   */
  Device select(Pass.Form form) {
    if (form == Pass.Form.FAST) {
      NativeRuntime.preferOneDnn();
    }
    if (request.equals("cpu")) {
      NativeRuntime.loadQuietly();
      return Device.CPU;
    }
    Cuda cuda = Cuda.ofBuild();
    Optional<String> missing = cuda.missing();
    List<String> reproducible =
        form == Pass.Form.EXACT && missing.isEmpty()
            ? NativeRuntime.makeGpusReproducible()
            : List.of();
    NativeRuntime.loadQuietly();
    Gpus gpus = missing.map(Gpus::without).orElseGet(() -> NativeRuntime.gpus(fraction()));
    Device device = Device.select(request, gpus);
    if (device.isCpu() && cuda.builtIn()) {
      notice =
          "No GPU, %s: running on the CPU. 'doctor' tells what to do.".formatted(gpus.whyNone());
    } else if (!device.isCpu() && form == Pass.Form.EXACT) {
      notice =
          "Exact on a GPU: no TF32, the same from run to run (%s); equal to Keras up to rounding."
              .formatted(String.join(", ", reproducible));
    }
    return device;
  }

  private OptionalDouble fraction() {
    return memoryFraction == null ? OptionalDouble.empty() : OptionalDouble.of(memoryFraction);
  }

  /**
   * What the user of a long command might not expect of the selected device: that there is no GPU
   * where the program could use one, or what the exact form sets on a GPU.
   */
  Optional<String> notice() {
    return Optional.ofNullable(notice);
  }

  /** Refuses a name of no device before anything is loaded. */
  static final class Converter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.matches("auto|cpu|gpu(:[0-9]{1,3})?")) {
        throw new TypeConversionException("auto, cpu, gpu or gpu:N");
      }
      return text;
    }
  }
}

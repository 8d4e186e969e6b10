package org.kerastwin.cli;

import java.util.List;
import org.kerastwin.graph.Device;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.layers.Pass;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --device}. */
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

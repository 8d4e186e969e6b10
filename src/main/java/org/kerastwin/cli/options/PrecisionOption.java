package org.kerastwin.cli.options;

import java.util.List;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.ProcessorInstructions;
import picocli.CommandLine.Option;

/** The option {@code --precision}. */
public final class PrecisionOption {
  @Option(
      names = "--precision",
      order = 52,
      paramLabel = "float32|mixed_bfloat16",
      defaultValue = "float32")
  private Precision precision;

  /**
   * The precision for a form.
   *
   * @throws UsageException if the form does not support it
   */
  public Precision of(Pass.Form form) {
    if (!precision.goesWith(form)) {
      throw new UsageException(
          Problem.with("option", "--precision")
              .expected("float32 in the exact form")
              .received(precision.toString())
              .advice("Use --fast for it; only float32 is equal to Keras bit for bit."));
    }
    return precision;
  }

  /** A note for users of bfloat16 if the processor has no fast instructions for it. */
  public static Optional<String> notice(Precision precision, Device device) {
    return precision == Precision.MIXED_BFLOAT16 && device.isCpu()
        ? ProcessorInstructions.bfloat16()
            .filter(List::isEmpty)
            .map(
                none ->
                    "This processor has no instructions that make mixed_bfloat16 faster than"
                        + " float32.")
        : Optional.empty();
  }
}

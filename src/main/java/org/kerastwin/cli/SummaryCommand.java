package org.kerastwin.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Summary;
import org.kerastwin.model.Variant;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints Keras's tables of a variant's models. */
@Command(
    name = "summary",
    description =
        "Prints Keras's model.summary() of the generator and the discriminator, of --model M or of"
            + " --variant V (default: upsampling).",
    footer = {
      "",
      "Examples:",
      "  java -jar trainer.jar summary --variant transposed",
      "  java -jar trainer.jar summary --model generator.keras"
    })
final class SummaryCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(Summary.of(generator()));
    out.print(Summary.of(Dcgan.discriminator()));
    out.flush();
  }

  private Sequential generator() {
    if (model.path().isEmpty()) {
      return Dcgan.generator(
          model.variant().orElse(Variant.UPSAMPLING), GanSettings.NOTEBOOK_NOISE_DIM);
    }
    return model.read(Optional.of(Dcgan.GENERATOR)).model();
  }
}

package org.kerastwin.cli;

import java.util.List;
import java.util.Optional;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Summary;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the tables of Keras's {@code model.summary()} for a model or a variant. */
@Command(
    name = "summary",
    description =
        "Prints the tables of Keras's model.summary(): for the network in --model, or for both"
            + " networks of a run or of --variant (default: upsampling).",
    footer = {
      "  java -jar trainer.jar summary --variant transposed",
      "  java -jar trainer.jar summary --model generator.keras"
    })
final class SummaryCommand extends Subcommand implements Runnable {
  @Mixin private ModelOption model;

  @Override
  public void run() {
    models().forEach(network -> out().print(Summary.of(network)));
  }

  /** Both networks of a variant or a run, else the network that the file holds. */
  private List<Sequential> models() {
    if (model.path().isEmpty()) {
      return List.of(
          Dcgan.generator(
              model.variant().orElse(Variant.UPSAMPLING), GanSettings.NOTEBOOK_NOISE_DIM),
          Dcgan.discriminator());
    }
    Sequential network = model.read(Optional.empty()).model();
    return RunFolder.isRun(model.path().get())
        ? List.of(network, model.read(Optional.of(Dcgan.DISCRIMINATOR)).model())
        : List.of(network);
  }
}

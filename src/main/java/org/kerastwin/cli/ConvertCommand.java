package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.cli.options.ForceOption;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Variant;
import org.kerastwin.models.ModelOutput;
import org.kerastwin.models.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts a model between SavedModels and file formats, also from a run folder. */
@Command(
    name = "convert",
    description = {
      "Converts a model between run folders, SavedModels and model files.",
      "Model files end in .keras, .weights.h5, .h5 or .npz. The state of Adam is kept if the new"
          + " format can hold it."
    },
    footer = {
      "  java -jar trainer.jar convert runs/upsampling generator.keras",
      "  java -jar trainer.jar convert --network discriminator runs/upsampling d.keras",
      "  java -jar trainer.jar convert --variant upsampling g.weights.h5 generator"
    })
final class ConvertCommand extends Subcommand implements Runnable {

  @Parameters(index = "0", paramLabel = "IN", descriptionKey = "convert.in")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", descriptionKey = "convert.out")
  private Path out;

  @Option(names = "--variant", paramLabel = "V", descriptionKey = "convert.variant")
  private Variant variant;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      converter = ModelOption.NetworkConverter.class,
      descriptionKey = "convert.network")
  private String network;

  @Mixin private ForceOption force;

  @Override
  public void run() {
    ModelOutput output = ModelOutput.of(out);
    force.require(out);
    ModelFile model =
        new ModelSource(in, Optional.ofNullable(variant), Optional.ofNullable(network))
            .read(err()::println);
    output.write(model, in);
    output
        .reasonForNoOptimizer(model, in)
        .ifPresent(
            reason -> err().printf("The optimizer of '%s' is not in '%s': %s.%n", in, out, reason));
    out().printf("%s: '%s'%n", model.model().name(), out);
  }
}

package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.cli.options.ForceOption;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.models.SavedModelOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a network as a SavedModel. */
@Command(
    name = "export",
    description = "Writes a model as a TensorFlow 2 SavedModel.",
    footer = {
      "  java -jar trainer.jar export --model runs/upsampling --output generator",
      "  java -jar trainer.jar export --model generator.keras --frozen --output frozen"
    })
final class ExportCommand extends Subcommand implements Runnable {
  @Mixin private ModelOption model;

  @Option(names = "--output", required = true, paramLabel = "DIR", descriptionKey = "export.output")
  private Path output;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      converter = ModelOption.NetworkConverter.class,
      defaultValue = Dcgan.GENERATOR,
      descriptionKey = "export.network")
  private String network;

  @Option(names = "--frozen")
  private boolean frozen;

  @Option(names = "--fold-batch-norm")
  private boolean folded;

  @Mixin private ForceOption force;

  @Override
  public void run() {
    model.require();
    SavedModelOutput folder = new SavedModelOutput(output);
    folder.require();
    force.require(output);
    ModelFile read = model.read(Optional.of(network));
    if (folded) {
      FoldedModel form = FoldedModel.of(read.model(), read.weights());
      read = new ModelFile(form.model(), form.weights(), Optional.empty());
    }
    folder.write(read.model(), read.weights(), frozen);
    out().printf("SavedModel: '%s'%n", output);
  }
}

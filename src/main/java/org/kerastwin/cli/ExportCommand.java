package org.kerastwin.cli;

import java.nio.file.Path;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a generator as a SavedModel. */
@Command(
    name = "export",
    description = "Writes a generator as a TensorFlow 2 SavedModel.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The SavedModel's folder; an older SavedModel there is replaced. Required.")
  private Path output;

  @Override
  public void run() {
    model.require();
    SavedModelOutput folder = new SavedModelOutput(output);
    folder.require();
    NativeRuntime.loadQuietly();
    TrainedGenerator generator = model.read();
    InferenceGraph graph = ModelGraph.of(generator.model(), "noise", "images");
    folder.write(graph, generator.weights());
    spec.commandLine().getOut().printf("SavedModel: '%s'%n", output);
  }
}

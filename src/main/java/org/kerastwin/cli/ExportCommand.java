package org.kerastwin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
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
      description = "The SavedModel's folder; an older SavedModel there is replaced.")
  private Path output;

  @Override
  public void run() {
    requireReplaceable();
    NativeRuntime.loadQuietly();
    TrainedGenerator generator = model.read();
    InferenceGraph graph = ModelGraph.of(generator.model(), "noise", "images");
    AtomicFolder.replace(
        output, folder -> SavedModelWriter.write(graph, generator.weights(), folder));
    spec.commandLine().getOut().printf("SavedModel: '%s'%n", output);
  }

  /** Whatever is there and no SavedModel is the user's own. */
  private void requireReplaceable() {
    if (!Files.exists(output) || Files.isRegularFile(output.resolve("saved_model.pb"))) {
      return;
    }
    try (Stream<Path> children = Files.list(output)) {
      if (children.findAny().isEmpty()) {
        return;
      }
    } catch (IOException noFolder) {
      // Said below.
    }
    throw new EnvironmentException(
        "output", output, "a new or empty folder, or an older SavedModel", "something else");
  }
}

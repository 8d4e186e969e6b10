package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
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
  /** What TensorFlow and this program put into a SavedModel's folder. */
  private static final Set<String> PARTS =
      Set.of(
          "saved_model.pb",
          "fingerprint.pb",
          "keras_metadata.pb",
          "variables",
          "assets",
          "assets.extra");

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
    requireFolder();
    requireReplaceable();
    NativeRuntime.loadQuietly();
    TrainedGenerator generator = model.read();
    InferenceGraph graph = ModelGraph.of(generator.model(), "noise", "images");
    AtomicFolder.replace(
        output, folder -> SavedModelWriter.write(graph, generator.weights(), folder));
    spec.commandLine().getOut().printf("SavedModel: '%s'%n", output);
  }

  /** A name with an ending stands for a file, and a SavedModel is none. */
  private void requireFolder() {
    String name = output.getFileName() == null ? "" : output.getFileName().toString();
    if (!Files.exists(output) && name.lastIndexOf('.') > 0) {
      throw new UsageException("output", output, "a name without an ending", "one with an ending");
    }
  }

  /** Whatever is there and not of a SavedModel is the user's own. */
  private void requireReplaceable() {
    if (!Files.exists(output)) {
      return;
    }
    ReplaceableFolder.objection(output, ExportCommand::isPart)
        .or(this::objectionToParts)
        .ifPresent(
            found -> {
              throw new EnvironmentException(
                  "output",
                  output,
                  "a new or empty folder, or one with a SavedModel alone",
                  found,
                  "Choose another name.");
            });
  }

  private static boolean isPart(Path child) {
    return PARTS.contains(child.getFileName().toString());
  }

  /** Folders of those names alone are no SavedModel. */
  private Optional<String> objectionToParts() {
    boolean isModel = Files.isRegularFile(output.resolve("saved_model.pb"));
    boolean isEmpty = ReplaceableFolder.objection(output, child -> false).isEmpty();
    return isModel || isEmpty ? Optional.empty() : Optional.of("one without saved_model.pb");
  }
}

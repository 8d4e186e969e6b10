package org.kerastwin.parity.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.Npz;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.layers.Precision;
import org.kerastwin.weights.WeightMap;

/**
 * Computes a reference in a Python process, with the exporter that comes with the program. All
 * elements of all tensors are compared. On one machine all bits are equal, except for the
 * probability of the discriminator if TensorFlow uses oneDNN kernels.
 *
 * @param python the interpreter, with tensorflow, keras and numpy installed
 * @param seed of the weights and random inputs
 * @param precision of Keras's models
 */
public record LiveReference(String python, long seed, Precision precision)
    implements ReferenceSource {
  /** The script, and those that it imports. */
  static final List<String> SCRIPTS =
      List.of(
          "export_reference.py",
          "custom_networks.py",
          "every_layer.py",
          "image_files.py",
          "notebook.py",
          "train.py");

  static final String RESOURCES = "/org/kerastwin/parity/tools/";
  private static final int MINUTES = 30;

  /** The exit status of the script for a model that Keras can't load. */
  private static final int MODEL_REFUSED = 3;

  /** References in float32. */
  public LiveReference(String python, long seed) {
    this(python, seed, Precision.FLOAT32);
  }

  @Override
  public Reference of(String network, int noiseDim, Optional<WeightMap> weights) {
    return make(
        folder -> {
          List<String> arguments =
              new ArrayList<>(
                  List.of("--variant", network, "--noise-dim", String.valueOf(noiseDim)));
          if (weights.isPresent()) {
            Path model = folder.resolve("weights.npz");
            Npz.write(model, weights.get().tensors(), ZipWriter.Compression.STORED);
            arguments.addAll(List.of("--weights", model.toString()));
          }
          return arguments;
        });
  }

  @Override
  public Reference of(Path model) {
    return make(folder -> List.of("--model", model.toAbsolutePath().toString()));
  }

  private Reference make(Function<Path, List<String>> arguments) {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path folder = temporary.path();
      for (String file : SCRIPTS) {
        copy(file, folder.resolve(file));
      }
      Path output = folder.resolve("reference.npz");
      List<String> command =
          new ArrayList<>(List.of(python, folder.resolve(SCRIPTS.get(0)).toString()));
      command.addAll(arguments.apply(folder));
      command.addAll(List.of("--batch", String.valueOf(StoredReferences.BATCH)));
      command.addAll(List.of("--seed", String.valueOf(seed), "--samples", "0"));
      command.addAll(List.of("--precision", precision.toString()));
      command.addAll(List.of("--output", output.toString()));
      run(command, folder.resolve("log.txt"));
      if (!Files.isRegularFile(output)) {
        throw failed("a reference", "none");
      }
      return ReferenceFile.read(output, python);
    } catch (IOException e) {
      throw IoFailure.of("Python", python, "an interpreter that can be run", e);
    }
  }

  private static void copy(String file, Path target) throws IOException {
    try (InputStream in = LiveReference.class.getResourceAsStream(RESOURCES + file)) {
      if (in == null) {
        throw new IllegalStateException("no resource tools/" + file);
      }
      Files.copy(in, target);
    }
  }

  private void run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw failed("a reference within " + MINUTES + " minutes", "none");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("a reference", "an interruption");
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() == MODEL_REFUSED) {
      throw new EnvironmentException(
          Problem.with("Python", python)
              .expected("a Keras 3 that loads the model as a Sequential")
              .received(lastLine(log))
              .remedy(Remedy.CONVERT_TO_SEQUENTIAL));
    }
    if (process.exitValue() != 0) {
      throw failed(
          "an interpreter with tensorflow, keras and numpy",
          "exit status %d, %s".formatted(process.exitValue(), lastLine(log)));
    }
  }

  /** The last line without its full stop, since the message adds one. */
  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "no output"
        : lines.get(lines.size() - 1).strip().replaceFirst("[.]$", "");
  }

  private EnvironmentException failed(String expected, String received) {
    return new EnvironmentException(
        Problem.with("Python", python)
            .expected(expected)
            .received(received)
            .advice("tools/requirements.txt lists the versions."));
  }
}

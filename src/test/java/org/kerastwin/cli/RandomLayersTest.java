package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.Sha256;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Dropout;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.GaussianNoise;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/** Trains networks whose layers draw random numbers, with all outputs that read the networks. */
class RandomLayersTest {
  @TempDir Path folder;
  private CommandFolder work;

  @BeforeEach
  void writeNetworks() throws IOException {
    work = new CommandFolder(folder);
    Sequential generator =
        new Sequential(
            "generator",
            Shape.of(CommandFolder.NOISE_DIM),
            new Dense(8),
            new BatchNormalization(),
            new Dropout(0.5, OptionalInt.empty()),
            new GaussianNoise(0.1, OptionalInt.empty()),
            new Dense(28 * 28, Function.TANH),
            new Reshape(Shape.of(28, 28, 1)));
    Sequential discriminator =
        new Sequential(
            "discriminator",
            Shape.of(28, 28, 1),
            new GaussianNoise(0.1, OptionalInt.empty()),
            new Flatten(),
            new Dropout(0.3, OptionalInt.empty()),
            new Dense(1, Function.SIGMOID));
    work.write(
        "gan.json",
        "{\"generator\":%s,\"discriminator\":%s}"
            .formatted(KerasDescription.json(generator), KerasDescription.json(discriminator)));
  }

  private Path train(String output, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--architecture", work.path("gan.json").toString()));
    options.addAll(List.of("--ema", "0.9", "--evaluate-every", "1", "--epochs", "2"));
    options.addAll(List.of("--save-every", "1", "--seed", "5", "--tensorboard"));
    options.addAll(List.of(more));
    Invocation training = work.train(output, options.toArray(String[]::new));
    assertEquals(ExitCode.DONE, training.code(), training.err());
    return work.path(output);
  }

  private static void resume(Path run) {
    Invocation resumed =
        Invocation.of("train", "--resume", "--tensorboard", "--output", run.toString());
    assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
  }

  /** The files that hold no time and no path. */
  private static Map<String, String> files(Path run) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(run)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (!name.contains("tfevents") && !name.equals("report.html")) {
          files.put(name, Sha256.of(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  @Test
  void trainsAndResumesWithTensorBoard() throws IOException {
    Path whole = train("whole");
    Path run = train("run", "--max-steps", "2");
    resume(run);
    assertEquals(files(whole), files(run));
    Invocation verified = Invocation.of("verify", "--model", run.toString());
    assertEquals(ExitCode.DONE, verified.code(), verified.out() + verified.err());
  }
}

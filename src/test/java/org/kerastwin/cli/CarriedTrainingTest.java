package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.testing.Python;

/**
 * Training moves from Java to Keras and back in a pair of files, and both sides continue with the
 * same bits: losses, weights, moving statistics and both Adams.
 */
@Tag("live")
class CarriedTrainingTest {
  private static final Path TRAIN = Path.of("tools/train.py");
  private static final Path CHECK = Path.of("src/test/python/check_same_run.py");
  private static final int STEPS = 3;

  @TempDir Path folder;

  private CommandFolder work;
  private String variant;

  @ParameterizedTest
  @ValueSource(strings = {"upsampling", "transposed"})
  void continuesTrainingInKerasAndBack(String trained) throws Exception {
    work = new CommandFolder(folder);
    variant = trained;

    java("java-1", 1, List.of());
    List<String> pair = List.of(path("generator.keras"), path("discriminator.keras"));
    convert("generator", "java-1", pair.get(0));
    convert("discriminator", "java-1", pair.get(1));

    // Keras takes over from Java, and both continue.
    keras("keras-2", 2, pair);
    java("java-2", 2, pair);
    assertEquals(javaState("java-1"), kerasState("keras-2", 0));
    Python.run(CHECK, path("keras-2"), path("java-2"));

    // And the other way.
    List<String> back =
        List.of(path("keras-2/generator.keras"), path("keras-2/discriminator.keras"));
    keras("keras-3", 3, back);
    java("java-3", 3, back);
    assertEquals(kerasState("keras-2", STEPS), kerasState("keras-3", 0));
    Python.run(CHECK, path("keras-3"), path("java-3"));
  }

  private String path(String name) {
    return work.path(name).toString();
  }

  private void java(String output, int seed, List<String> pair) {
    List<String> options = new ArrayList<>(List.of("--exact", "--variant", variant));
    options.addAll(List.of("--seed", "" + seed, "--max-steps", "" + STEPS));
    if (!pair.isEmpty()) {
      options.add("--initial-weights");
      options.addAll(pair);
    }
    Invocation run = work.train(output, options.toArray(new String[0]));
    assertEquals(ExitCode.DONE, run.code(), run.err());
  }

  private void convert(String network, String run, String file) {
    Invocation done = Invocation.of("convert", path(run), file, "--network", network);
    assertEquals(ExitCode.DONE, done.code(), done.err());
  }

  private void keras(String output, int seed, List<String> pair) throws Exception {
    Python.run(
        TRAIN,
        "--variant",
        variant,
        "--mnist",
        work.dataset(),
        "--batch-size",
        CommandFolder.BATCH,
        "--noise-dim",
        CommandFolder.NOISE_DIM,
        "--seed",
        seed,
        "--steps",
        STEPS,
        "--output",
        path(output),
        "--initial-weights",
        pair.get(0),
        pair.get(1),
        "--save-models");
  }

  private Map<String, NdArray> javaState(String run) {
    Map<String, NdArray> state = new LinkedHashMap<>();
    Npz.readAll(new RunFiles(work.path(run)).checkpoint())
        .forEach(
            (path, value) -> {
              if (!path.startsWith("random/") && !path.startsWith("training/")) {
                state.put(path, value);
              }
            });
    return state;
  }

  private Map<String, NdArray> kerasState(String output, int step) {
    return Npz.readAll(work.path(output + "/weights-%06d.npz".formatted(step)));
  }
}

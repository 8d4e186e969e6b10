package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.models.ModelSource;

/** Tests runs with an average of the generator's weights, and with quality figures. */
class TrainingQualityTest {
  private static final String KERNEL = "generator/dense/kernel";

  @TempDir private Path folder;

  private Path train(String... options) {
    Path run = folder.resolve("run");
    String[] start = {
      "train",
      "--dataset",
      "digits",
      "--variant",
      "transposed",
      "--batch-size",
      "4",
      "--seed",
      "1",
      "--output",
      run.toString()
    };
    String[] arguments = new String[start.length + options.length];
    System.arraycopy(start, 0, arguments, 0, start.length);
    System.arraycopy(options, 0, arguments, start.length, options.length);
    Invocation invocation = Invocation.of(arguments);
    assertEquals(0, invocation.code(), invocation.err());
    return run;
  }

  private static NdArray kernel(Path model) {
    return new ModelSource(model, Optional.empty(), Optional.of("generator"))
        .read()
        .weights()
        .get(KERNEL);
  }

  @Test
  void savesTheGeneratorWithAndWithoutTheAverage() {
    Path run = train("--max-steps", "3", "--ema", "0.5");
    NdArray average = Npz.read(run.resolve("checkpoint/state.npz"), "average/" + KERNEL);
    NdArray trained = Npz.read(run.resolve("checkpoint/state.npz"), KERNEL);
    assertNotEquals(trained, average);
    assertEquals(average, kernel(run.resolve("models/epoch-001.keras")));
    assertEquals(trained, kernel(run.resolve("models/epoch-001-raw.keras")));
    assertEquals(average, kernel(run.resolve("saved_model")));
    assertEquals(average, kernel(run));
    Invocation verified = Invocation.of("verify", "--model", run.toString());
    assertEquals(0, verified.code(), verified.out() + verified.err());
  }

  @Test
  void resumesTheAverage() {
    Path whole = train("--max-steps", "3", "--ema", "0.5");
    NdArray expected = kernel(whole);
    folder = folder.resolve("second");
    Path resumed = train("--max-steps", "2", "--ema", "0.5");
    Invocation invocation =
        Invocation.of("train", "--resume", "--max-steps", "3", "--output", resumed.toString());
    assertEquals(0, invocation.code(), invocation.err());
    assertEquals(expected, kernel(resumed));
  }

  @Test
  void savesNoAverageByDefault() {
    Path run = train("--max-steps", "1");
    assertTrue(Files.notExists(run.resolve("models/epoch-001-raw.keras")));
    assertTrue(Files.notExists(run.resolve("quality.csv")));
  }

  @Test
  void writesTheFiguresOfEvaluate() throws Exception {
    Path run = train("--max-steps", "2", "--evaluate-every", "1");
    List<String> lines = Files.readAllLines(run.resolve("quality.csv"));
    assertEquals(
        "epoch,frechet_distance,kernel_distance,precision,recall,classifier_score,"
            + "confident_share,entropy,diversity",
        lines.get(0));
    assertEquals(2, lines.size());
    String[] cells = lines.get(1).split(",", -1);
    assertEquals("1", cells[0]);
    Invocation evaluated = Invocation.of("evaluate", "--json", "--model", run.toString());
    assertEquals(0, evaluated.code(), evaluated.err());
    double score =
        new ObjectMapper().readTree(evaluated.out()).at("/recognition/score/value").asDouble();
    // The file has nine digits of a float32.
    assertEquals(score, Double.parseDouble(cells[5]), 1e-6 * score);
  }
}

package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.testing.Python;

/**
 * Compares {@code train --exact} on MNIST with Keras on the same machine: every bit and the text of
 * {@code history.csv} agree after 20 steps with the notebook's settings. Needs {@code mnist.npz} in
 * the folder named by the environment variable KERASTWIN_MNIST.
 */
@Tag("live")
class ExactTrainingTest {
  private static final String FOLDER = "KERASTWIN_MNIST";
  private static final int STEPS = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "upsampling, 1", "upsampling, 2", "upsampling, 3",
    "transposed, 1", "transposed, 2", "transposed, 3"
  })
  void lossesAndStateEqualKerasBitForBit(String variant, int seed) throws Exception {
    isTheSameRun(variant, seed, 0);
  }

  /** Keras's own averages are compared as well as the weights. */
  @ParameterizedTest
  @CsvSource({"upsampling, 0.9", "transposed, 0.999"})
  void weightAveragesEqualKerasBitForBit(String variant, double ema) throws Exception {
    isTheSameRun(variant, 4, ema);
  }

  private void isTheSameRun(String variant, int seed, double ema) throws Exception {
    assumeTrue(System.getenv(FOLDER) != null, FOLDER + " names no folder with mnist.npz");
    String mnist = Path.of(System.getenv(FOLDER), "mnist.npz").toString();
    String keras = folder.resolve("keras").toString();
    String ours = folder.resolve("ours").toString();
    Python.run(
        Path.of("tools/train.py"),
        "--variant",
        variant,
        "--mnist",
        mnist,
        "--seed",
        seed,
        "--steps",
        STEPS,
        "--ema",
        ema,
        "--output",
        keras);
    Invocation run =
        Invocation.of(
            "train",
            "--exact",
            "--variant",
            variant,
            "--dataset",
            mnist,
            "--seed",
            "" + seed,
            "--max-steps",
            "" + STEPS,
            "--ema",
            "" + ema,
            "--output",
            ours);
    assertEquals(ExitCode.DONE, run.code(), run.err());
    Python.run(Path.of("src/test/python/check_same_run.py"), keras, ours);
  }
}

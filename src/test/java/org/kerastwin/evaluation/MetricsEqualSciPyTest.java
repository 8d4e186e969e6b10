package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

/** Compares the figures with NumPy and SciPy. */
class MetricsEqualSciPyTest {
  private static final Map<String, NdArray> FIXTURE =
      Npz.readAll(Path.of("src/test/resources/evaluation/figures.npz"));

  /** Both compute in float64; the square root of a matrix loses some digits. */
  private static final double ROUNDING = 1e-9;

  private final FeatureRows x = FeatureRows.of(FIXTURE.get("x"));
  private final FeatureRows y = FeatureRows.of(FIXTURE.get("y"));
  private final FeatureRows p = FeatureRows.of(FIXTURE.get("p"));

  private static double expected(String name) {
    return FIXTURE.get(name).data().getDouble();
  }

  @Test
  void frechetDistance() {
    assertEquals(
        expected("frechet"), new FrechetDistance(Moments.of(y)).to(Moments.of(x)), ROUNDING);
  }

  @Test
  void frechetDistanceOfBlocksEqualsThatOfAllRows() {
    Estimate estimate = new FrechetDistance(Moments.of(y)).to(x);
    assertEquals(expected("frechet"), estimate.value(), ROUNDING);
    assertTrue(estimate.low() < estimate.value() && estimate.value() < estimate.high());
  }

  @Test
  void kernelDistance() {
    double expected = expected("kernel");
    assertEquals(expected, KernelDistance.squared(x, y), Math.abs(expected) * ROUNDING);
  }

  /** For fractions of 240 or 200 rows; one row more or less is far outside. */
  @Test
  void precisionAndRecall() {
    assertEquals(expected("precision"), new Manifold(y).share(x), ROUNDING);
    assertEquals(expected("recall"), new Manifold(x).share(y), ROUNDING);
  }

  @Test
  void classifierScore() {
    assertEquals(expected("score"), Recognition.score(p).value(), ROUNDING);
  }

  @Test
  void confidentShare() {
    assertEquals(expected("confident"), Recognition.confidentShare(p), ROUNDING);
  }

  @Test
  void entropyOfClasses() {
    int[] classes = new Classification(FIXTURE.get("x"), FIXTURE.get("p")).classes();
    assertEquals(
        expected("entropy"), Recognition.entropy(Recognition.shares(classes, 10)), ROUNDING);
  }

  @Test
  void blocksHoldAllRows() {
    int rows = IntStream.range(0, 7).map(block -> x.block(block, 7).size()).sum();
    assertEquals(x.size(), rows);
  }
}

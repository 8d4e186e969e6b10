package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.testing.OneRun;

class BinaryCrossentropyTest {
  /**
   * Seven float32 values with a few roundings each. A clipped loss differs by 1e-1 for the extreme
   * logits, a missing mean by a factor.
   */
  private static final double ROUNDING = 5e-7;

  private static final Map<String, NdArray> FIXTURES = KerasFixtures.arrays("crossentropy.npz");

  private record Values(NdArray loss, NdArray gradient) {}

  private static Values of(NdArray logits, double label) {
    try (OneRun run = new OneRun()) {
      BinaryCrossentropy loss = BinaryCrossentropy.of(run.tf, run.feed(logits), label);
      List<NdArray> values = run.fetch(List.of(loss.loss(), loss.gradient()));
      return new Values(values.get(0), values.get(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ordinary,0", "ordinary,0.9", "ordinary,1",
    "extreme,0", "extreme,0.9", "extreme,1",
    "one_certain,0", "one_certain,0.9", "one_certain,1"
  })
  void lossAndGradientEqualKeras(String batch, String label) {
    Values values = of(FIXTURES.get(batch + "/logits"), Double.parseDouble(label));
    String key = batch + "/" + label;
    assertClose(FIXTURES.get(key + "/loss"), values.loss(), ROUNDING, "loss");
    assertClose(FIXTURES.get(key + "/gradient"), values.gradient(), ROUNDING, "gradient");
  }

  /** Clipping the probability to 1 - 1e-7 would make it 15.942. */
  @Test
  void doesNotClipConfidentMistakes() {
    Values values = of(NdArray.ofFloats(new float[] {20}, List.of(1, 1)), 0);
    assertEquals(20, values.loss().floats()[0]);
    assertEquals(1, values.gradient().floats()[0]);
  }

  @ParameterizedTest
  @CsvSource({"0", "0.9", "1"})
  void gradientFollowsTheFormula(double label) {
    NdArray logits = FIXTURES.get("ordinary/logits");
    float[] x = logits.floats();
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = (float) ((1 / (1 + Math.exp(-x[i])) - label) / x.length);
    }
    assertClose(
        NdArray.ofFloats(expected, logits.shape()),
        of(logits, label).gradient(),
        ROUNDING,
        "gradient");
  }

  /**
   * By the formulas {@code -log(p)} and {@code -1 / p} for real images, {@code -log(1 - p)} and
   * {@code 1 / (1 - p)} for fakes.
   */
  @ParameterizedTest
  @CsvSource({"0.25,1,1.3862944,-4", "0.25,0,0.28768207,1.3333334"})
  void lossOfProbabilitiesFollowsTheFormula(
      float probability, double label, float loss, float gradient) {
    Values values = ofProbability(probability, label);
    assertEquals(loss, values.loss().floats()[0], ROUNDING);
    assertEquals(gradient, values.gradient().floats()[0], ROUNDING);
  }

  /** Keras's losses, of 1 - 1e-7 and 1e-7 in float32; its gradient is 0. */
  @ParameterizedTest
  @CsvSource({"1,0,15.942385", "0,1,16.118095"})
  void clipsConfidentMistakesOfProbabilities(float probability, double label, float loss) {
    Values values = ofProbability(probability, label);
    assertEquals(loss, values.loss().floats()[0]);
    assertEquals(0, values.gradient().floats()[0]);
  }

  private static Values ofProbability(float probability, double label) {
    try (OneRun run = new OneRun()) {
      NdArray fed = NdArray.ofFloats(new float[] {probability}, List.of(1, 1));
      BinaryCrossentropy loss = BinaryCrossentropy.ofProbabilities(run.tf, run.feed(fed), label);
      List<NdArray> values = run.fetch(List.of(loss.loss(), loss.gradient()));
      return new Values(values.get(0), values.get(1));
    }
  }
}

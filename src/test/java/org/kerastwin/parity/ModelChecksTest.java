package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.WeightMap;

/** A model's forms agree with each other, and a state that no training gives is seen. */
class ModelChecksTest {
  private static final String BIAS = "generator/dense/bias";
  private static final String VELOCITY = "optimizer/generator/dense/bias/velocity";

  private final Sequential network = Dcgan.generator(Variant.TRANSPOSED_LITERAL, 10);
  private final WeightMap weights =
      SeededWeights.moved(SeededWeights.initial(network, 1), new Draws(1));

  @Test
  void aWholeModelIsTheSameInAllForms() {
    Report report = checks(weights).run(Map.of());
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().toString());
    assertEquals(1, report.notApplicable().size());
  }

  @Test
  void nanInAWeightIsADifference() {
    Map<String, NdArray> damaged = new LinkedHashMap<>(weights.tensors());
    float[] bias = damaged.get(BIAS).floats();
    bias[3] = Float.NaN;
    damaged.put(BIAS, NdArray.ofFloats(bias, List.of(bias.length)));
    Verdict first = checks(new WeightMap(damaged)).run(Map.of()).firstDifference().orElseThrow();
    assertEquals("weights/" + BIAS, first.key().toString());
    assertEquals(3, first.difference().worstIndex());
  }

  @Test
  void aNegativeSecondMomentIsADifference() {
    Map<String, NdArray> state =
        Map.of(VELOCITY, NdArray.ofFloats(new float[] {1e-8f, -1e-8f}, List.of(2)));
    Verdict first = checks(weights).run(state).firstDifference().orElseThrow();
    assertEquals("weights/" + VELOCITY + ".not_negative", first.key().toString());
  }

  private ModelChecks checks(WeightMap values) {
    return new ModelChecks("transposed-literal", network, values);
  }
}

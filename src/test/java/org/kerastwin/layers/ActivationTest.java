package org.kerastwin.layers;

import static org.kerastwin.testing.Closeness.assertClose;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.layers.Pass.Mode;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.AppliedModel;
import org.tensorflow.ndarray.Shape;

class ActivationTest {
  /** An exponential, an addition and a division in float32; clipped at 15 it is 3e-7. */
  private static final double ROUNDING = 1e-6;

  /** Keras 2 clipped probabilities to [1e-7, 1 - 1e-7]; Keras 3 clips neither these nor logits. */
  @Test
  void sigmoidOfLargeLogitsIsNotClipped() {
    for (float logit : new float[] {-60, -30, -20}) {
      float expected = (float) (1 / (1 + Math.exp(-logit)));
      assertClose(one(expected), sigmoid(logit), ROUNDING, "sigmoid(" + logit + ")");
    }
  }

  private static NdArray sigmoid(float logit) {
    return AppliedModel.of(
            new Sequential("m", Shape.of(1), new Activation(Function.SIGMOID)),
            Mode.INFERENCE,
            Form.EXACT,
            Map.of(),
            one(logit),
            one(1))
        .output();
  }

  private static NdArray one(float value) {
    return NdArray.ofFloats(new float[] {value}, List.of(1, 1));
  }
}

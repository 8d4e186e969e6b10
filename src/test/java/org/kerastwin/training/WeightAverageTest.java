package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;

class WeightAverageTest {
  private static final String PATH = "generator/dense/kernel";

  private static NdArray weights(float... values) {
    return NdArray.ofFloats(values, List.of(values.length));
  }

  @Test
  void firstUpdateCopiesTheWeights() {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      variables.create(PATH, Shape.of(2), tf.constant(new float[] {0, 0}));
      WeightAverage average = new WeightAverage(0.75, variables, List.of(PATH));
      Placeholder<TInt64> number = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      var update = average.update(tf, number);
      try (GraphSession session =
          GraphSession.prepared(
              graph, variables, SessionOptions.exact(Device.CPU), GraphSession::initialize)) {
        float[][] weights = {{4, -8}, {8, 0}, {0, 16}};
        float[][] expected = {{4, -8}, {5, -6}, {3.75f, -0.5f}};
        for (int step = 0; step < weights.length; step++) {
          session.restore(new WeightMap(Map.of(PATH, weights(weights[step]))));
          GraphRun run = session.run();
          run.feed(number, NdArray.ofLongs(new long[] {step + 1L}, List.of()));
          update.forEach(run::addTarget);
          run.run().close();
          assertArrayEquals(expected[step], session.weights().get("average/" + PATH).floats(), 0);
        }
      }
    }
  }

  /** Moving statistics have no average and stay as they are. */
  @Test
  void replacesAveragedWeights() {
    Map<String, NdArray> state = new LinkedHashMap<>();
    state.put("generator/dense/kernel", weights(1));
    state.put("generator/batch_normalization/moving_mean", weights(2));
    state.put("discriminator/dense/kernel", weights(3));
    state.put("average/generator/dense/kernel", weights(4));
    assertEquals(
        Map.of(
            "generator/dense/kernel", weights(4),
            "generator/batch_normalization/moving_mean", weights(2)),
        WeightAverage.averaged(new WeightMap(state), "generator").tensors());
  }
}

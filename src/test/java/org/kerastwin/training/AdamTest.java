package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Given gradient, m and v, an update has Keras's bits: the tolerance is 0 ulp. */
class AdamTest {
  private static final String WEIGHT = "m/w";
  private static final String MOMENTUM = "optimizer/m/w/momentum";
  private static final String VELOCITY = "optimizer/m/w/velocity";
  private static final String ITERATION = "optimizer/m/iteration";

  /**
   * For a first step against the formula in double. The bias correction uses 1 - 0.999 in float32,
   * which is off by 1.3e-5; its square root by half of that. Epsilon 1e-8 costs 2 for tiny g.
   */
  private static final double ROUNDING = 1e-5;

  private static final Map<String, NdArray> FIXTURES = KerasFixtures.arrays("adam.npz");

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variables variables = new Variables(tf);
  private final Shape shape = Shape.of(2, 3);
  private final Placeholder<TFloat32> gradient =
      tf.placeholder(TFloat32.class, Placeholder.shape(shape));

  @AfterEach
  void close() {
    graph.close();
  }

  private Adam adam(double learningRate, double beta1) {
    variables.create(WEIGHT, shape, tf.fill(tf.constant(shape), tf.constant(0f)));
    return new Adam(new AdamSettings(learningRate, beta1), tf, variables, "m", List.of(WEIGHT));
  }

  private List<Op> update(Adam adam, Map<String, Operand<TFloat32>> gradients) {
    return adam.update(tf, adam.nextIteration(tf), gradients);
  }

  private void run(GraphSession session, List<Op> targets, NdArray value) {
    GraphRun run = session.run().feed(gradient, value);
    targets.forEach(run::addTarget);
    run.run().close();
  }

  private GraphSession session() {
    GraphSession session = new GraphSession(graph, variables, SessionOptions.exact(Device.CPU));
    session.initialize();
    return session;
  }

  @ParameterizedTest
  @CsvSource({"notebook,2e-4,0.5,0", "defaults_late,1e-3,0.9,2500"})
  void updatesEqualKerasBitForBit(String name, double rate, double beta1, long done) {
    Map<String, NdArray> expected = KerasFixtures.under(FIXTURES, name + "/");
    List<Op> targets = update(adam(rate, beta1), Map.of(WEIGHT, gradient));
    try (GraphSession session = session()) {
      session.restore(
          new WeightMap(
              Map.of(
                  WEIGHT, expected.get("initial"),
                  ITERATION, NdArray.ofLongs(new long[] {done}, List.of()))));
      int step = 0;
      for (; expected.containsKey(step + "/gradient"); step++) {
        run(session, targets, expected.get(step + "/gradient"));
        WeightMap state = session.weights();
        assertEquals(expected.get(step + "/momentum"), state.get(MOMENTUM), "m after " + step);
        assertEquals(expected.get(step + "/velocity"), state.get(VELOCITY), "v after " + step);
        assertEquals(expected.get(step + "/weight"), state.get(WEIGHT), "w after " + step);
        assertEquals(done + step + 1, state.get(ITERATION).longs()[0]);
      }
      assertEquals(6, step);
    }
  }

  /**
   * By the paper: m and v are g and g² after bias correction, so that a first step is {@code lr * g
   * / (|g| + epsilon / sqrt(1 - beta2))}: as large as the rate for large g, smaller for tiny g.
   */
  @Test
  void firstStepFollowsTheFormula() {
    float[] gradients = {1, -1, 100, 1e-3f, -1e-6f, 1e-7f};
    List<Op> targets = update(adam(2e-4, 0.5), Map.of(WEIGHT, gradient));
    try (GraphSession session = session()) {
      run(session, targets, NdArray.ofFloats(gradients, List.of(2, 3)));
      float[] weights = session.weights().get(WEIGHT).floats();
      for (int i = 0; i < gradients.length; i++) {
        double g = gradients[i];
        double expected = -2e-4 * g / (Math.abs(g) + 1e-7 / Math.sqrt(1 - 0.999));
        assertEquals(expected, weights[i], Math.abs(expected) * ROUNDING);
      }
    }
  }

  @Test
  void updatesShareSlots() {
    Adam adam = adam(2e-4, 0.5);
    List<Op> first = update(adam, Map.of(WEIGHT, gradient));
    List<Op> second = update(adam, Map.of(WEIGHT, gradient));
    assertEquals(4, variables.all().size());
    try (GraphSession session = session()) {
      NdArray ones = NdArray.ofFloats(new float[] {1, 1, 1, 1, 1, 1}, List.of(2, 3));
      run(session, first, ones);
      run(session, second, ones);
      assertEquals(2, session.weights().get(ITERATION).longs()[0]);
      assertEquals(0.75f, session.weights().get(MOMENTUM).floats()[0]);
    }
  }

  @Test
  void rejectsGradientsOfOtherWeights() {
    Adam adam = adam(2e-4, 0.5);
    String message =
        assertThrows(IllegalArgumentException.class, () -> update(adam, Map.of("m/b", gradient)))
            .getMessage();
    assertTrue(message.contains("[m/w]") && message.contains("[m/b]"), message);
  }
}

package org.kerastwin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kerastwin.testing.Closeness.assertClose;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.InitialValues;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.testing.OneRun;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.activations.ReLU;
import org.tensorflow.framework.activations.Sigmoid;
import org.tensorflow.framework.activations.Tanh;
import org.tensorflow.framework.initializers.Glorot;
import org.tensorflow.framework.initializers.VarianceScaling.Distribution;
import org.tensorflow.framework.losses.Losses;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * Compares with TensorFlow-Java's own framework. Where that is right, it is a second opinion. Its
 * faults for a port of Keras are asserted too: if such a test fails, the framework was fixed, and
 * its class may be worth using.
 */
class FrameworkSecondOpinionTest {
  /** Seven values that each round a few times in float32. */
  private static final double ROUNDING = 1e-6;

  private static final NdArray VALUES =
      NdArray.ofFloats(new float[] {-90, -3.5f, -0.1f, -0.0f, 0, 0.1f, 2.25f, 90}, List.of(8));

  @Test
  void computesTanhAndSigmoid() {
    try (OneRun run = new OneRun()) {
      Operand<TFloat32> x = run.feed(VALUES);
      List<NdArray> values =
          run.fetch(
              List.of(
                  Function.TANH.apply(run.tf, x),
                  new Tanh().call(run.tf, x),
                  Function.SIGMOID.apply(run.tf, x),
                  new Sigmoid().call(run.tf, x)));
      assertEquals(values.get(0), values.get(1));
      assertEquals(values.get(2), values.get(3));
    }
  }

  @Test
  void computesLeakyRelu() {
    try (OneRun run = new OneRun()) {
      Operand<TFloat32> x = run.feed(VALUES);
      Operand<TFloat32> ours =
          new LeakyReLU(0.2)
              .apply(Pass.inference(run.tf, Pass.Form.EXACT), name -> null, x)
              .output();
      List<NdArray> values = run.fetch(List.of(ours, new ReLU(0.2f, Float.NaN, 0).call(run.tf, x)));
      assertEquals(values.get(0), values.get(1));
    }
  }

  @Test
  void computesCrossentropyFromLogits() {
    Map<String, NdArray> fixtures = KerasFixtures.arrays("crossentropy.npz");
    for (String batch : List.of("ordinary", "extreme")) {
      NdArray loss = frameworkLoss(fixtures.get(batch + "/logits"), 0.9f, true);
      float sum = 0;
      for (float ofSample : loss.floats()) {
        sum += ofSample;
      }
      assertClose(
          fixtures.get(batch + "/0.9/loss"),
          NdArray.ofFloats(new float[] {sum / loss.size()}, List.of()),
          ROUNDING,
          "loss");
    }
  }

  /** Keras's loss of logit 20 and label 0 is 20; clipping the probability makes it 15.9. */
  @Test
  void faultCrossentropyFromProbabilitiesClipsAndThenAddsEpsilon() {
    float certain = (float) (1 / (1 + Math.exp(-20)));
    float loss =
        frameworkLoss(NdArray.ofFloats(new float[] {certain}, List.of(1, 1)), 0, false).floats()[0];
    float clipped = 1 - 1e-7f;
    double byTheFault = -Math.log(1 + 1e-7f - clipped);
    assertEquals(byTheFault, loss, byTheFault * ROUNDING);
    assertTrue(loss < 15.4, () -> "loss " + loss);
  }

  private static NdArray frameworkLoss(NdArray predictions, float label, boolean fromLogits) {
    float[] labels = new float[predictions.size()];
    Arrays.fill(labels, label);
    try (OneRun run = new OneRun()) {
      return run.fetch(
          Losses.binaryCrossentropy(
              run.tf,
              run.feed(NdArray.ofFloats(labels, predictions.shape())),
              run.feed(predictions),
              fromLogits,
              0));
    }
  }

  /** Keras draws from [-limit, limit). */
  @Test
  void faultGlorotUniformIsNeverNegative() {
    float[] values = glorot(Shape.of(50, 40)).floats();
    float least = least(values);
    float limit = (float) Math.sqrt(6.0 / (50 + 40));
    assertTrue(least >= 0 && least < limit / 100, () -> "least " + least);
    assertTrue(-least(ours(Shape.of(50, 40)).floats()) > 0.98f * limit);
  }

  /** For a kernel of 5×5 the fans are 25 times the channels; the framework multiplies twice. */
  @Test
  void faultGlorotCountsKernelChannelsTwice() {
    Shape kernel = Shape.of(5, 5, 8, 16);
    double keras = Math.sqrt(6.0 / (25 * (8 + 16)));
    double fault = Math.sqrt(6.0 / (25 * 8 * (8 + 16)));
    double greatest = -least(negated(glorot(kernel).floats()));
    assertTrue(greatest <= fault && greatest > 0.98 * fault, () -> "greatest " + greatest);
    assertEquals(keras, -least(negated(ours(kernel).floats())), 0.02 * keras);
  }

  private static NdArray glorot(Shape shape) {
    try (OneRun run = new OneRun()) {
      return run.fetch(
          new Glorot<TFloat32>(Distribution.UNIFORM, 7)
              .call(run.tf, run.tf.constant(shape), TFloat32.class));
    }
  }

  private static NdArray ours(Shape shape) {
    try (OneRun run = new OneRun()) {
      return run.fetch(
          InitialValues.of(
              run.tf,
              WeightSpec.trainable("kernel", Initializer.GLOROT_UNIFORM, shape.asArray()),
              () -> 7));
    }
  }

  private static float least(float[] values) {
    float least = values[0];
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }

  /** Keras's is 1e-7. */
  @Test
  void faultAdamHasAnotherEpsilon() {
    assertEquals(1e-8f, Adam.EPSILON_DEFAULT);
  }

  /** A step of the discriminator would train the generator. */
  @Test
  void faultOptimizerUpdatesEveryVariableOfTheGraph() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> loss = lossOfTwoVariables(Ops.create(graph));
      assertEquals(2, new Adam(graph).computeGradients(loss).size());
    }
  }

  /**
   * The powers of beta are multiplied while the updates read them, in random order. A fixed order
   * would need the updates among the ancestors of the assignments.
   */
  @Test
  void faultAdamAssignsPowersOfBetaBeforeUpdatesReadThem() {
    try (Graph graph = new Graph()) {
      new Adam(graph).minimize(lossOfTwoVariables(Ops.create(graph)));
      Map<String, NodeDef> nodes = new HashMap<>();
      graph.toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      List<NodeDef> assignments =
          nodes.values().stream()
              .filter(node -> node.getOp().equals("Assign"))
              .filter(node -> node.getInput(0).contains("beta"))
              .filter(node -> nodes.get(producer(node.getInput(1))).getOp().equals("Mul"))
              .toList();
      assertEquals(2, assignments.size());
      for (NodeDef assignment : assignments) {
        assertFalse(
            ancestors(nodes, assignment.getName()).stream()
                .anyMatch(name -> nodes.get(name).getOp().equals("ApplyAdam")));
      }
    }
  }

  private static Operand<TFloat32> lossOfTwoVariables(Ops tf) {
    Variable<TFloat32> generator = tf.withName("generator").variable(tf.constant(2f));
    Variable<TFloat32> discriminator = tf.withName("discriminator").variable(tf.constant(3f));
    return tf.math.mul(tf.identity(generator), tf.identity(discriminator));
  }

  private static Set<String> ancestors(Map<String, NodeDef> nodes, String of) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(of));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        nodes.get(name).getInputList().forEach(input -> open.push(producer(input)));
      }
    }
    return found;
  }

  private static String producer(String input) {
    return input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
  }
}

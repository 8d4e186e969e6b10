package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.graph.Device;
import org.kerastwin.layers.Applied;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Weights;
import org.kerastwin.model.Sequential;
import org.kerastwin.training.Adam;
import org.kerastwin.training.BinaryCrossentropy;
import org.kerastwin.training.GanSettings;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The comparison can fail: each usual mistake of a port, planted here alone, is the first
 * difference that the verification finds, at the stage that owns it and in the tensor that shows it
 * first, with at least three times the tolerance of that tensor.
 */
class PlantedFaultsTest {
  private static final double MARGIN = 3;
  private static final String LITERAL = "transposed-literal";
  private static final String NORM = "generator/batch_normalization/";

  /** Which stage owns which fault. */
  static Stream<Arguments> faults() {
    return Stream.of(
        owned("batch-norm epsilon 1e-5", LITERAL, "layer/batch_normalization", epsilon()),
        owned("LeakyReLU 0.3", LITERAL, "layer/leaky_re_lu", slope()),
        owned("kernel not flipped", LITERAL, "layer/conv2d_transpose", notFlipped()),
        owned("SAME off by one", "discriminator", "layer/conv2d", paddedByOneMore()),
        owned("a bias dropped", LITERAL, "layer/conv2d_transpose", biasDropped()),
        owned(
            "batch statistics at inference",
            LITERAL,
            "layer/batch_normalization",
            batchStatistics()),
        owned("clipped loss", "discriminator", "loss/label_0.0", PlantedFaultsTest::clippedLoss),
        owned("momentum 0.9", LITERAL, "moving/" + NORM + "moving_mean", momentum()),
        owned("Bessel's variance", LITERAL, "moving/" + NORM + "moving_variance", bessel()),
        owned("Adam epsilon 1e-8", "discriminator", "adam/1/update", adam(0.999, 1e-8)),
        owned("beta_2 from float32", "discriminator", "adam/1/velocity", adam((float) 0.999, 1e-7)),
        owned("labels 1.0 for 0.9", "transposed", "trajectory/1/losses", PlantedFaultsTest::labels),
        owned(
            "discriminator in generator's step",
            "transposed",
            "trajectory/1/discriminator/conv2d/kernel",
            twin ->
                new Twin(
                    twin.network(),
                    twin.loss(),
                    twin.adam(),
                    twin.gan(),
                    new DiscriminatorInGeneratorStep()::run,
                    twin.device())));
  }

  private static Arguments owned(
      String fault, String network, String tensor, UnaryOperator<Twin> plant) {
    return arguments(fault, network, tensor, plant);
  }

  @ParameterizedTest(name = "{0} shows first at {2}")
  @MethodSource("faults")
  void isCaughtByItsOwner(String fault, String network, String tensor, UnaryOperator<Twin> plant) {
    Reference reference = StoredReferences.read(network);
    Twin faulty = plant.apply(Twin.of(reference.meta(), Device.CPU, Pass.Form.EXACT));
    Report report = new Verification(reference, faulty, Optional.empty()).run();
    TensorKey owner = TensorKey.of(tensor).orElseThrow();
    Verdict first = report.firstDifference().orElseThrow(() -> new AssertionError("not caught"));
    assertEquals(owner, first.key(), first::describe);
    Verdict owned =
        report.verdicts().stream()
            .filter(verdict -> verdict.key().equals(owner))
            .findFirst()
            .orElseThrow();
    assertFalse(owned.isSame(), owned::describe);
    assertTrue(
        owned.difference().relativeL2() >= MARGIN * owned.tolerance().relativeL2(),
        owned::describe);
  }

  private static UnaryOperator<Twin> network(UnaryOperator<Sequential> change) {
    return twin ->
        new Twin(
            change.apply(twin.network()),
            twin.loss(),
            twin.adam(),
            twin.gan(),
            twin.step(),
            twin.device());
  }

  private static UnaryOperator<Twin> epsilon() {
    return norms(new BatchNormalization(0.99, 1e-5));
  }

  private static UnaryOperator<Twin> momentum() {
    return norms(new BatchNormalization(0.9, 1e-3));
  }

  private static UnaryOperator<Twin> norms(Layer other) {
    return network(
        model -> FaultyLayer.replace(model, BatchNormalization.class::isInstance, norm -> other));
  }

  private static UnaryOperator<Twin> slope() {
    return network(
        model ->
            FaultyLayer.replace(model, LeakyReLU.class::isInstance, leaky -> new LeakyReLU(0.3)));
  }

  private static UnaryOperator<Twin> notFlipped() {
    return weights("kernel", (tf, kernel) -> tf.reverse(kernel, tf.constant(new int[] {0, 1})));
  }

  private static UnaryOperator<Twin> biasDropped() {
    return weights("bias", (tf, bias) -> tf.math.mul(bias, tf.constant(0f)));
  }

  /** Another value for a weight of the transposed convolutions. */
  private static UnaryOperator<Twin> weights(String name, Change change) {
    return network(
        model ->
            FaultyLayer.plant(
                model,
                Conv2DTranspose.class,
                (layer, pass, weights, x) -> {
                  Weights changed =
                      wanted ->
                          wanted.equals(name)
                              ? change.of(pass.tf(), weights.get(wanted))
                              : weights.get(wanted);
                  return layer.apply(pass, changed, x);
                }));
  }

  @FunctionalInterface
  private interface Change {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> value);
  }

  /** A row and a column of zeros more before the image, and one less after it. */
  private static UnaryOperator<Twin> paddedByOneMore() {
    return network(
        model ->
            FaultyLayer.plant(
                model,
                Conv2D.class,
                (layer, pass, weights, x) -> {
                  Ops tf = pass.tf();
                  Operand<TFloat32> padded =
                      tf.pad(
                          x,
                          tf.constant(new int[][] {{0, 0}, {1, 0}, {1, 0}, {0, 0}}),
                          tf.constant(0f));
                  int rows = (int) x.shape().get(1);
                  int columns = (int) x.shape().get(2);
                  int channels = (int) x.shape().get(3);
                  Operand<TFloat32> shifted =
                      tf.slice(
                          padded,
                          tf.constant(new int[] {0, 0, 0, 0}),
                          tf.constant(new int[] {-1, rows, columns, channels}));
                  return layer.apply(pass, weights, shifted);
                }));
  }

  private static UnaryOperator<Twin> batchStatistics() {
    return network(
        model ->
            FaultyLayer.plant(
                model,
                BatchNormalization.class,
                (layer, pass, weights, x) ->
                    layer.apply(
                        Pass.training(pass.tf(), pass.form(), pass.movingAverage()), weights, x)));
  }

  /** The variance by N - 1 in place of N. */
  private static UnaryOperator<Twin> bessel() {
    return network(
        model ->
            FaultyLayer.plant(model, BatchNormalization.class, PlantedFaultsTest::besselApplied));
  }

  private static Applied besselApplied(
      Layer layer, Pass pass, Weights weights, Operand<TFloat32> x) {
    Applied applied = layer.apply(pass, weights, x);
    if (!pass.isTraining()) {
      return applied;
    }
    Ops tf = pass.tf();
    float n = x.shape().take(3).size();
    Operand<TFloat32> kept = tf.math.mul(weights.get("moving_variance"), tf.constant(0.99f));
    Operand<TFloat32> added = tf.math.sub(applied.newState().get("moving_variance"), kept);
    Map<String, Operand<TFloat32>> state = new LinkedHashMap<>(applied.newState());
    state.put("moving_variance", tf.math.add(kept, tf.math.mul(added, tf.constant(n / (n - 1)))));
    return new Applied(applied.output(), applied.preActivation(), applied.backward(), state);
  }

  private static Twin clippedLoss(Twin twin) {
    return new Twin(
        twin.network(),
        PlantedFaultsTest::lossOfProbabilities,
        twin.adam(),
        twin.gan(),
        twin.step(),
        twin.device());
  }

  private static BinaryCrossentropy lossOfProbabilities(
      Ops tf, Operand<TFloat32> logits, double label) {
    Operand<TFloat32> p =
        tf.clipByValue(tf.math.sigmoid(logits), tf.constant(1e-7f), tf.constant(1 - 1e-7f));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> y = tf.constant((float) label);
    Operand<TFloat32> likelihood =
        tf.math.add(
            tf.math.mul(y, tf.math.log(p)),
            tf.math.mul(tf.math.sub(one, y), tf.math.log(tf.math.sub(one, p))));
    Operand<TFloat32> loss = tf.math.neg(tf.math.mean(likelihood, tf.constant(new int[] {0, 1})));
    return new BinaryCrossentropy(loss, BinaryCrossentropy.of(tf, logits, label).dLogits());
  }

  private static UnaryOperator<Twin> adam(double beta2, double epsilon) {
    return twin ->
        new Twin(
            twin.network(),
            twin.loss(),
            new Adam.Settings(twin.adam().learningRate(), twin.adam().beta1(), beta2, epsilon),
            twin.gan(),
            twin.step(),
            twin.device());
  }

  private static Twin labels(Twin twin) {
    GanSettings gan = twin.gan();
    return new Twin(
        twin.network(),
        twin.loss(),
        twin.adam(),
        new GanSettings(
            gan.variant(),
            gan.batchSize(),
            gan.noiseDim(),
            gan.learningRate(),
            gan.beta1(),
            1.0,
            gan.statistics(),
            gan.form()),
        twin.step(),
        twin.device());
  }
}

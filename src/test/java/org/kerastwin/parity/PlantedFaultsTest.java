package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.BinaryCrossentropy;
import org.kerastwin.training.GanSettings;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Plants typical faults of a port, one at a time. Each must be the first difference found, in the
 * tensor that owns it, with at least the effect that its tolerance states.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedFaultsTest {
  private static final String LITERAL = "transposed-literal";
  private static final String TRAINED = "transposed";
  private static final String DISCRIMINATOR = "discriminator";
  private static final String NORM = "layer/batch_normalization";
  private static final String CONVOLUTION = "layer/conv2d_transpose";
  private static final String BEFORE_LAST_NORM = "gradient/generator/conv2d_transpose/bias";
  private static final String MOVING = "moving/generator/batch_normalization/moving_";
  private static final String FROM_ZERO = MOVING + "variance.from_zero";
  private static final String FIRST_GRADIENT = "gradient/discriminator/conv2d/kernel";
  private static final String FIRST_KERNEL = "trajectory/1/discriminator/conv2d/kernel";

  private static final Fault SLOPE = new Fault(LITERAL, slope(0.3));
  private static final Fault DISCRIMINATOR_SLOPE = new Fault(DISCRIMINATOR, slope(0.3));
  private static final Fault MOMENTUM = new Fault(LITERAL, norm(0.9, 1e-3));
  private static final Fault BESSEL = new Fault(LITERAL, norms(LayerFaults::bessel));
  private static final Fault LABEL = new Fault(TRAINED, ImplementationFaults.realLabel(1));

  private final Map<Fault, Report> reports = new HashMap<>();

  /** A fault planted in the implementation of a network. */
  private record Fault(String network, UnaryOperator<Implementation> plant) {}

  /** The faults and the tensors that own them. */
  static Stream<Arguments> faults() {
    return Stream.of(
        owned("batch-norm epsilon 1e-5", LITERAL, NORM, norm(0.99, 1e-5)),
        owned("LeakyReLU 0.3", "layer/leaky_re_lu", SLOPE),
        owned("kernel not flipped", LITERAL, CONVOLUTION, transposed(LayerFaults::notFlipped)),
        owned("SAME off by one", DISCRIMINATOR, "layer/conv2d", padded()),
        owned("a bias dropped", LITERAL, CONVOLUTION, transposed(LayerFaults::biasDropped)),
        owned("batch statistics at inference", LITERAL, NORM, norms(LayerFaults::batchStatistics)),
        owned(
            "clipped loss",
            DISCRIMINATOR,
            "loss/label_0.0",
            ImplementationFaults.loss(PlantedFaultsTest::clipped)),
        owned("constants going back", LITERAL, BEFORE_LAST_NORM, norms(LayerFaults::constants)),
        owned("momentum 0.9", MOVING + "mean", MOMENTUM),
        owned("Bessel's correction", MOVING + "variance", BESSEL),
        owned(
            "Adam epsilon 1e-8",
            DISCRIMINATOR,
            "adam/1/update",
            ImplementationFaults.adam(0.999, 1e-8)),
        owned(
            "beta_2 from float32",
            DISCRIMINATOR,
            "adam/1/velocity",
            ImplementationFaults.adam((float) 0.999, 1e-7)),
        owned("labels 1.0 for 0.9", "trajectory/1/losses", LABEL),
        owned("discriminator in generator's step", TRAINED, FIRST_KERNEL, oneUpdateMore()));
  }

  private static Arguments owned(
      String fault, String network, String tensor, UnaryOperator<Implementation> plant) {
    return owned(fault, tensor, new Fault(network, plant));
  }

  private static Arguments owned(String name, String tensor, Fault fault) {
    return arguments(name, tensor, fault);
  }

  @ParameterizedTest(name = "{0} shows first at {1}")
  @MethodSource("faults")
  void firstDifferenceNamesTheFaultyLayer(String name, String tensor, Fault fault) {
    Report report = report(fault);
    TensorKey owner = TensorKey.of(tensor).orElseThrow();
    TensorComparison first =
        report.firstDifference().orElseThrow(() -> new AssertionError("not caught"));
    assertEquals(owner, first.key(), first::describe);
    TensorComparison owned = comparison(report, owner);
    assertFalse(owned.isSame(), owned::describe);
    assertTrue(
        owned.difference().relativeL2() >= owned.tolerance().smallestFault(), owned::describe);
  }

  /** A stage that ends with an error is a difference, and the stages beside it are compared. */
  @Test
  void aLayerThatFailsIsTheFirstDifference() {
    UnaryOperator<Implementation> failing =
        plant(
            LeakyReLU.class,
            (layer, pass, weights, x) -> {
              throw new IllegalStateException("no such operation");
            });
    Report report = report(new Fault(DISCRIMINATOR, failing));
    TensorComparison first = report.firstDifference().orElseThrow();
    assertEquals(TensorKey.of("layer/run").orElseThrow(), first.key());
    assertEquals(Optional.of("no such operation"), first.failure());
    assertTrue(comparison(report, TensorKey.of("adam/1/update").orElseThrow()).isSame());
  }

  /** The effects of faults on later tensors, as the tolerances state them. */
  static Stream<Arguments> effects() {
    return Stream.of(
        arguments(Tolerance.PROBABILITY, "inference/dense", DISCRIMINATOR_SLOPE),
        arguments(Tolerance.DISCRIMINATOR_GRADIENT, FIRST_GRADIENT, DISCRIMINATOR_SLOPE),
        arguments(Tolerance.GENERATOR_GRADIENT, BEFORE_LAST_NORM, SLOPE),
        arguments(Tolerance.BATCH_VARIANCE, FROM_ZERO, BESSEL),
        arguments(Tolerance.GPU_MOVING_VARIANCE, MOVING + "variance", MOMENTUM),
        arguments(Tolerance.STEP_LOSSES, "trajectory/2/losses", LABEL));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("effects")
  void hasTheEffectNamedByItsTolerance(Tolerance tolerance, String tensor, Fault fault) {
    TensorComparison comparison = comparison(report(fault), TensorKey.of(tensor).orElseThrow());
    assertTrue(
        Set.of(comparison.tolerance(), comparison.tolerance().onGpu()).contains(tolerance),
        comparison::describe);
    assertFalse(comparison.isSame(), comparison::describe);
    assertTrue(
        comparison.difference().relativeL2() >= tolerance.smallestFault(), comparison::describe);
  }

  /** The default beta_1 of Keras is not that of the notebook. */
  @Test
  void findsWrongDefaults() {
    Reference reference = StoredReferences.read(TRAINED);
    GanSettings notebook = ProgramSettings.NOTEBOOK.gan();
    ProgramSettings wrong =
        new ProgramSettings(
            notebook.withAdam(new AdamSettings(notebook.adam().learningRate(), 0.9)),
            50,
            ProgramSettings.NOTEBOOK.walk(),
            ProgramSettings.NOTEBOOK.grid());
    Report report = Verification.of(reference, Device.CPU, Pass.Form.EXACT, wrong).run();
    assertEquals("settings/notebook", report.firstDifference().orElseThrow().key().toString());
  }

  private Report report(Fault fault) {
    return reports.computeIfAbsent(fault, PlantedFaultsTest::run);
  }

  private static Report run(Fault fault) {
    Reference reference = StoredReferences.read(fault.network());
    Implementation faulty =
        fault.plant().apply(Implementation.of(reference.meta(), Device.CPU, Pass.Form.EXACT));
    return new Verification(reference, faulty, Optional.empty(), ProgramSettings.NOTEBOOK).run();
  }

  private static TensorComparison comparison(Report report, TensorKey key) {
    return report.comparisons().stream()
        .filter(comparison -> comparison.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static UnaryOperator<Implementation> plant(
      Class<? extends Layer> type, FaultyLayer.Fault fault) {
    return ImplementationFaults.network(model -> FaultyLayer.plant(model, type, fault));
  }

  private static UnaryOperator<Implementation> replace(Class<? extends Layer> type, Layer other) {
    return ImplementationFaults.network(
        model -> FaultyLayer.replace(model, type::isInstance, layer -> other));
  }

  private static UnaryOperator<Implementation> norm(double momentum, double epsilon) {
    return replace(BatchNormalization.class, new BatchNormalization(momentum, epsilon));
  }

  private static UnaryOperator<Implementation> transposed(FaultyLayer.Fault fault) {
    return plant(Conv2DTranspose.class, fault);
  }

  private static UnaryOperator<Implementation> padded() {
    return plant(Conv2D.class, LayerFaults::paddedByOneMore);
  }

  private static UnaryOperator<Implementation> norms(FaultyLayer.Fault fault) {
    return plant(BatchNormalization.class, fault);
  }

  private static UnaryOperator<Implementation> slope(double slope) {
    return replace(LeakyReLU.class, new LeakyReLU(slope));
  }

  private static UnaryOperator<Implementation> oneUpdateMore() {
    return ImplementationFaults.step(new ExtraDiscriminatorUpdate()::run);
  }

  /** The loss of probabilities clipped to [1e-7, 1 - 1e-7]. */
  private static BinaryCrossentropy clipped(Ops tf, Operand<TFloat32> logits, double label) {
    Operand<TFloat32> p =
        tf.clipByValue(tf.math.sigmoid(logits), tf.constant(1e-7f), tf.constant(1 - 1e-7f));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> y = tf.constant((float) label);
    Operand<TFloat32> likelihood =
        tf.math.add(
            tf.math.mul(y, tf.math.log(p)),
            tf.math.mul(tf.math.sub(one, y), tf.math.log(tf.math.sub(one, p))));
    Operand<TFloat32> loss = tf.math.neg(tf.math.mean(likelihood, tf.constant(new int[] {0, 1})));
    return new BinaryCrossentropy(
        loss, logits, BinaryCrossentropy.of(tf, logits, label).gradient());
  }
}

package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.LiveReference;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;

/** Compares with Keras's policy mixed_bfloat16 on this machine, without and with planted faults. */
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Bfloat16VerificationTest {
  private static final String LITERAL = "transposed-literal";
  private static final String DISCRIMINATOR = "discriminator";
  private static final long SEED = 11;

  private final Map<String, Reference> references = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {DISCRIMINATOR, LITERAL})
  void equalsKerasUpToBfloat16(String network) {
    assertAll(
        report(network, UnaryOperator.identity()).comparisons().stream()
            .map(comparison -> () -> assertTrue(comparison.isSame(), comparison::describe)));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(DISCRIMINATOR, "layer/leaky_re_lu", replace(new LeakyReLU(0.3))),
        Arguments.of(DISCRIMINATOR, "inference/dense", replace(new LeakyReLU(0.3))),
        Arguments.of(
            DISCRIMINATOR, "layer/conv2d", plant(Conv2D.class, LayerFaults::paddedByOneMore)),
        Arguments.of(
            LITERAL,
            "layer/conv2d_transpose",
            plant(Conv2DTranspose.class, LayerFaults::notFlipped)),
        Arguments.of(
            LITERAL,
            "layer/conv2d_transpose",
            plant(Conv2DTranspose.class, LayerFaults::biasDropped)),
        Arguments.of(
            LITERAL,
            "layer/batch_normalization",
            plant(BatchNormalization.class, LayerFaults::batchStatistics)),
        Arguments.of(
            LITERAL,
            "moving/generator/batch_normalization/moving_mean",
            replace(new BatchNormalization(0.9, 1e-3))),
        Arguments.of(DISCRIMINATOR, "adam/1/update", ImplementationFaults.adam(0.999, 1e-8)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void findsFaults(String network, String tensor, UnaryOperator<Implementation> plant) {
    TensorKey key = TensorKey.of(tensor).orElseThrow();
    TensorComparison found =
        report(network, plant).comparisons().stream()
            .filter(comparison -> comparison.key().equals(key))
            .findFirst()
            .orElseThrow();
    assertFalse(found.isSame(), found::describe);
  }

  private Report report(String network, UnaryOperator<Implementation> plant) {
    Reference reference =
        references.computeIfAbsent(
            network,
            name ->
                new LiveReference(
                        System.getProperty("python", "python3"), SEED, Precision.MIXED_BFLOAT16)
                    .of(name, 100, Optional.empty()));
    assertEquals(Precision.MIXED_BFLOAT16, reference.meta().precision());
    Implementation ours =
        plant.apply(Implementation.of(reference.meta(), Device.CPU, Pass.Form.FAST));
    return new Verification(reference, ours, Optional.empty(), ProgramSettings.NOTEBOOK).run();
  }

  private static UnaryOperator<Implementation> plant(
      Class<? extends Layer> type, FaultyLayer.Fault fault) {
    return ImplementationFaults.network(model -> FaultyLayer.plant(model, type, fault));
  }

  private static UnaryOperator<Implementation> replace(Layer other) {
    return ImplementationFaults.network(
        model -> FaultyLayer.replace(model, other.getClass()::isInstance, layer -> other));
  }
}

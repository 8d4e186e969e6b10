package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.NamedLayer;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorDifference;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.LiveReference;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.parity.stages.SeededWeights;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/**
 * Compares all elements bit for bit with Keras on this machine, except for the probability of the
 * discriminator where TensorFlow may use oneDNN kernels. Needs tensorflow 2.18, keras and numpy:
 * {@code mvn verify -Plive -Dpython=/path/to/python}.
 */
class LiveReferenceTest {
  static final List<String> NETWORKS = StoredReferences.NETWORKS;
  private static final int NOISE_DIM = 100;

  /** The outputs of the sigmoid of the discriminator. Training does not use them. */
  private static final Set<String> PROBABILITIES = Set.of("dense", "output");

  /** If unset, the processor decides, in Python as in Java. */
  private static final boolean MAY_TAKE_ONEDNN =
      !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));

  /**
   * Keras's graph of a single network fuses the sigmoid with the matrix product; with oneDNN's
   * kernels, the fused one differs in the last bit of numbers from 1/2 to 1.
   */
  private static final double ULP_OF_A_PROBABILITY = 1.2e-7;

  /** Eight times the distance between float32 numbers near 1; measured up to 3.7e-7. */
  private static final double FEW_ROUNDINGS = 1e-6;

  /**
   * Keras's graph of a single layer is optimized in another way than ours. Gradients of a
   * LayerNormalization add up numbers that nearly cancel: 2.8e-6.
   */
  private static final double ROUNDINGS_OF_A_LAYER = 6e-6;

  /** Not the seed of the stored references. */
  private static final long SEED = 11;

  @Tag("live")
  @ParameterizedTest
  @FieldSource("NETWORKS")
  void everyBitOfEveryStageEqualsKeras(String network) {
    assertSameBits(
        Verification.of(
                live().of(network, NOISE_DIM, Optional.empty()),
                Device.CPU,
                Pass.Form.EXACT,
                ProgramSettings.NOTEBOOK)
            .run());
  }

  @Tag("live")
  @Test
  void everyBitEqualsKerasWithTheWeightsOfAModel() {
    Sequential network = Dcgan.generator(Variant.TRANSPOSED_LITERAL, 10);
    WeightMap weights =
        SeededWeights.moved(SeededWeights.initial(network, 1, Device.CPU), new NamedRandom(1));
    Reference reference = live().of("transposed-literal", 10, Optional.of(weights));
    assertSameBits(
        Verification.of(reference, "transposed-literal", weights, Device.CPU, Pass.Form.EXACT)
            .run());
  }

  /** In Keras, a frozen batch normalization uses its moving statistics and leaves them. */
  @Tag("live")
  @Test
  void frozenNormalizationEqualsKeras(@TempDir Path folder) {
    Sequential trained = Dcgan.generator(Variant.TRANSPOSED, 10);
    List<NamedLayer> layers =
        trained.layers().stream()
            .map(each -> each.layer() instanceof BatchNormalization ? frozen(each) : each)
            .toList();
    Sequential network = new Sequential(trained.name(), trained.inputShape(), layers);
    WeightMap weights =
        SeededWeights.moved(SeededWeights.initial(network, 1, Device.CPU), new NamedRandom(1));
    Path file = folder.resolve("frozen.keras");
    new ModelFile(network, weights, Optional.empty()).write(file);
    ModelUnderTest model = ModelUnderTest.read(file).orElseThrow();
    Report report = Verification.of(live().of(file), model, Device.CPU, Pass.Form.EXACT).run();
    assertEquals(Optional.empty(), report.firstDifference());
  }

  private static NamedLayer frozen(NamedLayer trained) {
    return new NamedLayer(trained.layer(), trained.ownName(), false);
  }

  @Test
  void namesAMissingInterpreter() {
    LiveReference none = new LiveReference("/no/such/python", SEED);
    EnvironmentException refusal =
        assertThrows(
            EnvironmentException.class,
            () -> none.of("discriminator", NOISE_DIM, Optional.empty()));
    assertTrue(refusal.getMessage().contains("/no/such/python"), refusal::getMessage);
  }

  /** Any program may exit without writing a file. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesAnInterpreterThatWritesNothing() {
    LiveReference idle = new LiveReference("true", SEED);
    EnvironmentException refusal =
        assertThrows(
            EnvironmentException.class,
            () -> idle.of("discriminator", NOISE_DIM, Optional.empty()));
    assertEquals(
        "Python 'true': expected a reference, received none. tools/requirements.txt lists the"
            + " versions.",
        refusal.getMessage());
  }

  @Tag("live")
  @Test
  void namesTheWayToVerifyAFunctionalModel() {
    Path file = Path.of("src/test/resources/keras/files/chain-functional.keras");
    EnvironmentException refusal = assertThrows(EnvironmentException.class, () -> live().of(file));
    assertTrue(
        refusal
            .getMessage()
            .contains("a Keras 3 that loads the model as a Sequential, received a Functional."),
        refusal::getMessage);
  }

  private static LiveReference live() {
    return new LiveReference(System.getProperty("python", "python3"), SEED);
  }

  private static void assertSameBits(Report report) {
    assertEquals(List.of(), report.notApplicable());
    assertAll(
        report.comparisons().stream()
            .map(comparison -> () -> assertTrue(isSame(comparison), comparison::describe)));
  }

  private static boolean isSame(TensorComparison comparison) {
    boolean fused = MAY_TAKE_ONEDNN && isFusedByDefault(comparison.key());
    boolean probability =
        MAY_TAKE_ONEDNN
            && comparison.network().equals("discriminator")
            && PROBABILITIES.contains(comparison.key().name());
    TensorDifference difference = comparison.difference();
    return difference.bitEqual()
        || (probability && difference.maxAbsolute() <= ULP_OF_A_PROBABILITY)
        || (comparison.key().stage() == Stage.EVERY_LAYER
            && difference.relativeL2() <= ROUNDINGS_OF_A_LAYER)
        || ((fused || isRoundedDifferently(comparison.key()))
            && difference.relativeL2() <= FEW_ROUNDINGS);
  }

  /**
   * TensorFlow fuses the ops of a frozen model in the loader's session, and those of the small
   * model of the files in Keras's graph. Our graph of the layers stays as it is.
   */
  private static boolean isFusedByDefault(TensorKey key) {
    return key.name().equals(TensorKey.OUTPUT + ".frozen")
        || (key.stage() == Stage.FILES && key.name().endsWith("/" + TensorKey.OUTPUT));
  }

  /**
   * Folding multiplies in another order than Keras; Keras has no plain means, so the reference gets
   * them from its momentum; and the samples come from an averaged generator. NumPy adds up the mean
   * losses in double, and a batch of another size may use other kernels.
   */
  private static boolean isRoundedDifferently(TensorKey key) {
    return key.name().endsWith(TensorKey.OUTPUT + ".folded")
        || key.name().startsWith("cumulative/")
        || key.name().endsWith(".batches")
        || (key.stage() == Stage.LOOP && Set.of("means", "samples").contains(key.name()));
  }
}

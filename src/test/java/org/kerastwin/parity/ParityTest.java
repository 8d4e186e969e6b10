package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Compares a foreign graph with Keras's results for the same model. */
class ParityTest {
  private static final Path REFERENCE = Path.of("src/test/resources/parity/lenet.npz");

  @TempDir Path temporary;

  @Test
  void correctPortsEqualKeras() {
    Report report = report(Set.of());
    Parity.assertSame(report);
    assertEquals(14, report.comparisons().size());
  }

  @ParameterizedTest
  @CsvSource({
    "PADDING, inference/conv2d",
    "KERNEL_LAYOUT, inference/conv2d",
    "SLOPE, inference/leaky_re_lu",
    "EPSILON, inference/batch_normalization",
    "CHANNEL_ORDER, inference/flatten",
    "BIAS, inference/dense",
    "MOMENTUM, moving/model/batch_normalization/moving_mean",
    "LOSS, loss/label_0.0",
    "ADAM_EPSILON, adam/1000/update"
  })
  void namesTheFirstWrongLayer(LeNet.Fault fault, String expected) {
    Report report = report(Set.of(fault));
    assertEquals(expected, report.firstDifference().orElseThrow().key().toString());
    AssertionError failure = assertThrows(AssertionError.class, () -> Parity.assertSame(report));
    assertTrue(failure.getMessage().contains("First difference: model, " + expected));
  }

  @Test
  void readsNamesFromAFile() throws IOException {
    Path names = temporary.resolve("names.properties");
    try (Graph graph = NativeRuntime.graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 16, 16, 2)));
      tf.withName("zeros")
          .zerosLike(
              tf.slice(images, tf.constant(new int[4]), tf.constant(new int[] {4, 1, 1, 1})));
      Files.writeString(names, "inference/dense_1 = missing");
      Parity parity = Parity.against(REFERENCE).feed(images);
      assertThrows(EnvironmentException.class, () -> parity.compareAll(names, graph));
      Files.writeString(names, "inference/unknown = zeros");
      assertThrows(EnvironmentException.class, () -> parity.compareAll(names, graph));
      Files.writeString(names, "inference/dense_1 = zeros FORWARDS");
      assertThrows(EnvironmentException.class, () -> parity.compareAll(names, graph));
      Files.writeString(names, "inference/dense_1 = zeros FORWARD");
      parity.compareAll(names, graph);
      // A wrong padding or stride shows as a wrong shape.
      TensorComparison first = parity.run(session).firstDifference().orElseThrow();
      assertEquals("inference/dense_1", first.key().toString());
      assertEquals(Optional.of("expected shape [4, 1], received [4, 1, 1, 1]"), first.failure());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "integers"})
  void rejectsNamedOpsWithoutFloats(String op) throws IOException {
    Path names = temporary.resolve("names.properties");
    Files.writeString(names, "inference/dense_1 = " + op);
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      tf.withName("nothing").noOp();
      tf.withName("integers").constant(new int[] {4, 1});
      Parity parity = Parity.against(REFERENCE);
      EnvironmentException refusal =
          assertThrows(EnvironmentException.class, () -> parity.compareAll(names, graph));
      assertTrue(refusal.getMessage().contains("float32"), refusal::getMessage);
    }
  }

  @Test
  void rejectsReferencesOfTheNotebook() {
    assertThrows(
        EnvironmentException.class,
        () ->
            Parity.against(
                Path.of("src/main/resources/org/kerastwin/parity/reference-discriminator.npz")));
  }

  private static Report report(Set<LeNet.Fault> faults) {
    try (Graph graph = NativeRuntime.graph();
        Session session = new Session(graph)) {
      Parity parity = Parity.against(REFERENCE);
      new LeNet(Ops.create(graph), parity.weights(), faults).compare(parity);
      return parity.run(session);
    }
  }
}

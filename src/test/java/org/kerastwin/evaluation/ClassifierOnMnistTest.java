package org.kerastwin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;

/** Tests the classifier and the bundled figures on real images. */
@EnabledIfEnvironmentVariable(
    named = "KERASTWIN_MNIST",
    matches = ".+",
    disabledReason = "KERASTWIN_MNIST does not name a folder with mnist.npz")
class ClassifierOnMnistTest {
  /** It recognizes 99.43%; rounding on another processor may change the class of a few images. */
  private static final double LEAST_ACCURACY = 0.993;

  /** Other processors round features differently, in the sixth digit. */
  private static final double ROUNDING = 1e-3;

  private final Dataset mnist =
      new DatasetSource(
              DatasetEnvironment.ofProcess(),
              new ImageShape(28, 28, 1),
              warning -> {
                throw new AssertionError(warning);
              })
          .load(Path.of(System.getenv("KERASTWIN_MNIST"), "mnist.npz").toString());

  @Test
  void recognizesTestImages() {
    try (Classifier classifier = Evaluator.classifier()) {
      double accuracy = classifier.accuracy(mnist.test().orElseThrow());
      assertTrue(accuracy >= LEAST_ACCURACY, "accuracy " + accuracy);
    }
  }

  @Test
  void reproducesTheBundledFigures() {
    Metrics known = Evaluator.known().get("real test images");
    try (Evaluator evaluator = Evaluator.ofMnist()) {
      Metrics now = evaluator.figures(mnist.test().orElseThrow().scaled());
      assertEquals(
          known.distances().frechet().value(), now.distances().frechet().value(), ROUNDING);
      assertEquals(
          known.recognition().score().value(), now.recognition().score().value(), ROUNDING);
      assertEquals(known.distances().precision(), now.distances().precision(), ROUNDING);
    }
  }
}

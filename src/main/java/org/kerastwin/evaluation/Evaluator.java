package org.kerastwin.evaluation;

import java.util.Map;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;

/** Measures images against real ones. It owns the classifier's native session; close it. */
public final class Evaluator implements AutoCloseable {
  /** The least number of images. Fewer say too little, and would leave blocks without rows. */
  public static final int FEWEST = 100;

  private final Classifier classifier;
  private final RealImages reference;

  /** Takes ownership of the classifier. */
  public Evaluator(Classifier classifier, RealImages reference) {
    this.classifier = classifier;
    this.reference = reference;
  }

  /** The bundled classifier. */
  public static Classifier classifier() {
    return new Classifier(new WeightMap(Resources.arrays("classifier.npz")));
  }

  /** Compares with MNIST's training images, using their bundled features. */
  public static Evaluator ofMnist() {
    // First, since it may fail; then there is no classifier to close.
    RealImages real = RealImages.ofMnist();
    return new Evaluator(classifier(), real);
  }

  /** Compares with the images of a split. */
  public static Evaluator of(Split images) {
    Classifier classifier = classifier();
    try {
      return new Evaluator(classifier, RealImages.of(images, classifier));
    } catch (RuntimeException | Error failure) {
      classifier.close();
      throw failure;
    }
  }

  /** The figures of MNIST's test images and of the bundled generators, by name. */
  public static Map<String, Metrics> known() {
    return Resources.figures();
  }

  /**
   * Measures images.
   *
   * @param images float32 {@code [n, 28, 28, 1]} in [-1, 1], at least {@value #FEWEST}
   */
  public Metrics figures(NdArray images) {
    Classification classified = classifier.classify(images);
    return new Metrics(
        classified.size(),
        Recognition.of(images, classified),
        Distances.of(FeatureRows.of(classified.features()), reference));
  }

  @Override
  public void close() {
    classifier.close();
  }
}

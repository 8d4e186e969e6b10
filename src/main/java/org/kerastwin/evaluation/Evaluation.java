package org.kerastwin.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Dcgan;

/**
 * The quality figures of a generator, with those of other images for comparison.
 *
 * @param model the source of the generator
 * @param seed of its noise
 * @param reference the data set whose training images it is compared with
 * @param ofDigits whether the images are digits; the classifier recognizes only digits
 * @param figures the figures of the generator
 * @param beside other figures by name, real test images first
 * @param nearest the nearest training images of some samples, if available
 * @param samples some of the images, {@code [n, 28, 28, 1]}
 */
public record Evaluation(
    String model,
    long seed,
    String reference,
    boolean ofDigits,
    Metrics figures,
    Map<String, Metrics> beside,
    Optional<NearestImages> nearest,
    NdArray samples) {
  /** The name of the figures of real test images. */
  static final String REAL_TEST_IMAGES = "real test images";

  private static final int SAMPLES = 100;
  private static final int NEAREST = 10;

  /** Keeps a copy. */
  public Evaluation {
    beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
  }

  /**
   * Measures a generator's images.
   *
   * @param model the source of the generator
   * @param seed of its noise
   * @param images float32 {@code [n, 28, 28, 1]} in [-1, 1]
   * @param dataset the data set to compare with, as in {@link DatasetSource#load}; empty for MNIST,
   *     whose features come with the program
   * @param warnings receives warnings, a line each
   * @throws EnvironmentException if the images have other shapes or are not finite, or the data set
   *     can't be read
   */
  public static Evaluation of(
      String model,
      long seed,
      NdArray images,
      Optional<String> dataset,
      Consumer<String> warnings) {
    DatasetSource source =
        new DatasetSource(DatasetEnvironment.ofProcess(), ImageShape.MNIST, warnings);
    Optional<Dataset> named = dataset.map(source::load);
    // MNIST is not downloaded just to show the nearest images.
    Optional<Dataset> searched = named.or(source::cachedMnist);
    if (searched.isEmpty()) {
      warnings.accept(
          "Keras's cache has no MNIST that can be read, so the samples are not compared with their"
              + " nearest training images.");
    }
    requireMeasurable(model, images);
    Optional<String> name = named.map(Dataset::name);
    try (Evaluator evaluator =
        named.map(set -> Evaluator.of(set.train())).orElseGet(Evaluator::ofMnist)) {
      return new Evaluation(
          model,
          seed,
          name.orElse("mnist"),
          name.map(Dataset::isOfDigits).orElse(true),
          evaluator.figures(images),
          named.map(set -> testImages(evaluator, set)).orElseGet(Evaluator::known),
          searched.map(set -> NearestImages.of(images.rows(0, NEAREST), set.train(), set.test())),
          images.rows(0, SAMPLES));
    }
  }

  private static void requireMeasurable(String model, NdArray images) {
    List<Integer> shape = List.of(images.shape().get(0), Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE, 1);
    if (!images.shape().equals(shape)) {
      throw unfit(model, "images [n, 28, 28, 1]", images.toString());
    }
    for (float pixel : images.floats()) {
      if (!Float.isFinite(pixel)) {
        throw unfit(model, "finite pixels", String.valueOf(pixel));
      }
    }
  }

  private static EnvironmentException unfit(String model, String expected, String received) {
    return new EnvironmentException(
        Problem.with("model", model).expected(expected).received(received));
  }

  private static Map<String, Metrics> testImages(Evaluator evaluator, Dataset real) {
    return real.test()
        .filter(images -> images.size() >= Evaluator.FEWEST)
        .map(images -> Map.of(REAL_TEST_IMAGES, evaluator.figures(images.scaled())))
        .orElse(Map.of());
  }

  /** The figures of real test images, if there are any. */
  Optional<Metrics> ofTestImages() {
    return Optional.ofNullable(beside.get(REAL_TEST_IMAGES));
  }

  /** The figures of the generator and the others, by name. */
  Map<String, Metrics> all() {
    Map<String, Metrics> all = new LinkedHashMap<>();
    all.put("this model", figures);
    all.putAll(beside);
    return all;
  }
}

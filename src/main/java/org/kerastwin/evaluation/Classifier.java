package org.kerastwin.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/**
 * A small convolutional network that recognizes MNIST's digits: images {@code [n, 28, 28, 1]} in
 * [-1, 1] to the probabilities of ten classes. The output of its penultimate layer serves as
 * features to compare sets of images, as that of the Inception network does for photographs.
 */
public final class Classifier implements AutoCloseable {
  /** The number of classes: the digits 0 to 9. */
  public static final int CLASSES = 10;

  /** The number of features of an image. */
  public static final int FEATURES = 64;

  /** Height and width of an image. */
  static final int SIDE = 28;

  /** Pixels of an image. */
  static final int PIXELS = SIDE * SIDE;

  private static final String NAME = "classifier";
  private static final Shape IMAGE = Shape.of(SIDE, SIDE, 1);
  private static final double SLOPE = 0.1;

  private final InferenceSession session;
  private final float[] kernel;
  private final float[] bias;

  /**
   * Builds the network.
   *
   * @param weights those of {@link #model()}
   */
  public Classifier(WeightMap weights) {
    Sequential upToFeatures = new Sequential(NAME, IMAGE, featureLayers());
    Map<String, NdArray> own = new LinkedHashMap<>(weights.tensors());
    own.keySet().retainAll(upToFeatures.weights().keySet());
    // The last layer is small enough for Java, so one session gives both features and classes.
    this.kernel = weights.get(NAME + "/dense_1/kernel").floats();
    this.bias = weights.get(NAME + "/dense_1/bias").floats();
    this.session =
        new InferenceSession(upToFeatures, new WeightMap(own), Device.CPU, Pass.Form.FAST);
  }

  /** The whole network with logits {@code [n, 10]} as output. */
  public static Sequential model() {
    Layer[] layers = featureLayers();
    Layer[] all = Arrays.copyOf(layers, layers.length + 1);
    all[layers.length] = new Dense(CLASSES);
    return new Sequential(NAME, IMAGE, all);
  }

  private static Layer[] featureLayers() {
    LeakyReLU leaky = new LeakyReLU(SLOPE);
    BatchNormalization norm = new BatchNormalization();
    return new Layer[] {
      new Conv2D(32, 5, 2),
      norm,
      leaky,
      new Conv2D(32, 3, 1),
      norm,
      leaky,
      new Conv2D(64, 3, 2),
      norm,
      leaky,
      new Conv2D(64, 3, 2),
      norm,
      leaky,
      new Flatten(),
      new Dense(FEATURES),
      leaky
    };
  }

  /**
   * Computes features and class probabilities.
   *
   * @param images float32 {@code [n, 28, 28, 1]} in [-1, 1]
   */
  public Classification classify(NdArray images) {
    float[] features = session.run(images, InferenceSession.BATCH).floats();
    int n = images.shape().get(0);
    float[] probabilities = new float[n * CLASSES];
    for (int i = 0; i < n; i++) {
      softmax(features, i, probabilities);
    }
    return new Classification(
        NdArray.ofFloats(features, List.of(n, FEATURES)),
        NdArray.ofFloats(probabilities, List.of(n, CLASSES)));
  }

  /** The fraction of the labeled images that it classifies correctly. */
  public double accuracy(Split images) {
    int[] found = classify(images.scaled()).classes();
    byte[] labels = images.labels().orElseThrow().bytes();
    long right = IntStream.range(0, found.length).filter(i -> found[i] == labels[i]).count();
    return (double) right / found.length;
  }

  private void softmax(float[] features, int image, float[] probabilities) {
    double[] exp = new double[CLASSES];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < CLASSES; c++) {
      exp[c] = bias[c];
      for (int f = 0; f < FEATURES; f++) {
        exp[c] += (double) features[image * FEATURES + f] * kernel[f * CLASSES + c];
      }
      greatest = Math.max(greatest, exp[c]);
    }
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      exp[c] = Math.exp(exp[c] - greatest);
      sum += exp[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      probabilities[image * CLASSES + c] = (float) (exp[c] / sum);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}

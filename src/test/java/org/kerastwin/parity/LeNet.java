package org.kerastwin.parity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.compare.Tolerance;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** A LeNet written by hand in TensorFlow-Java ops, as in any port, with faults to plant. */
final class LeNet {
  /** Typical faults of a port. */
  enum Fault {
    PADDING,
    KERNEL_LAYOUT,
    SLOPE,
    EPSILON,
    CHANNEL_ORDER,
    BIAS,
    MOMENTUM,
    LOSS,
    ADAM_EPSILON
  }

  private final Ops tf;
  private final Map<String, NdArray> weights;
  private final Set<Fault> faults;

  LeNet(Ops tf, Map<String, NdArray> weights, Set<Fault> faults) {
    this.tf = tf;
    this.weights = weights;
    this.faults = faults;
  }

  /** Builds the graph and declares what to compare, layer by layer. */
  void compare(Parity parity) {
    Placeholder<TFloat32> images =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 16, 16, 2)));
    Operand<TFloat32> conv = bias("conv2d", convolve("conv2d", padded(images), "SAME"));
    Operand<TFloat32> leaky = leaky(conv);
    Operand<TFloat32> pool = pool(leaky);
    Operand<TFloat32> norm = normalize(pool);
    Operand<TFloat32> conv1 = bias("conv2d_1", convolve("conv2d_1", norm, "VALID"));
    Operand<TFloat32> pool1 = pool(leaky(conv1));
    Operand<TFloat32> flat = flatten(pool1);
    Operand<TFloat32> dense = tf.math.tanh(bias("dense", product("dense", flat)));
    Operand<TFloat32> output = tf.math.sigmoid(bias("dense_1", product("dense_1", dense)));
    parity
        .feed(images)
        .compare("conv2d", conv)
        .compare("leaky_re_lu", leaky)
        .compare("average_pooling2d", pool)
        .compare("batch_normalization", norm)
        .compare("conv2d_1", conv1)
        .compare("average_pooling2d_1", pool1)
        .compare("flatten", flat)
        .compare("dense", dense)
        .compare("dense_1", output)
        .compare(key("moving/model/batch_normalization/moving_mean"), movingMean(pool));
    Placeholder<TFloat32> logits =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(7, 1)));
    parity.feed(Parity.LOGITS, logits).compare(key("loss/label_0.0"), loss(logits));
    compareAdam(parity);
  }

  /** The thousandth update of {@code Adam(2e-4, beta_1=0.5)}. */
  private void compareAdam(Parity parity) {
    Operand<TFloat32> gradient = input(parity, "adam/1000/gradient");
    Operand<TFloat32> m = average(0.5, input(parity, "adam/1000/momentum"), gradient);
    Operand<TFloat32> v =
        average(0.999, input(parity, "adam/1000/velocity"), tf.math.square(gradient));
    // Keras raises the float32 of beta_2 to the power.
    float rate = (float) (2e-4 * Math.sqrt(1 - Math.pow(0.999f, 1000)) / (1 - Math.pow(0.5, 1000)));
    float epsilon = faults.contains(Fault.ADAM_EPSILON) ? 1e-8f : 1e-7f;
    Operand<TFloat32> update =
        tf.math.div(
            tf.math.mul(m, tf.constant(rate)), tf.math.add(tf.math.sqrt(v), tf.constant(epsilon)));
    // Keras averages as m + (1 - beta) * (g - m), which rounds differently.
    parity
        .compare(key("adam/1000/momentum"), m, Tolerance.ADAM)
        .compare(key("adam/1000/velocity"), v, Tolerance.ADAM)
        .compare(key("adam/1000/update"), update, Tolerance.ADAM);
  }

  private Operand<TFloat32> input(Parity parity, String name) {
    Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(509)));
    parity.feed(name, input);
    return input;
  }

  private Operand<TFloat32> average(double beta, Operand<TFloat32> old, Operand<TFloat32> value) {
    return tf.math.add(
        tf.math.mul(old, tf.constant((float) beta)),
        tf.math.mul(value, tf.constant((float) (1 - beta))));
  }

  private static TensorKey key(String text) {
    return TensorKey.of(text).orElseThrow();
  }

  private Operand<TFloat32> weight(String path) {
    NdArray value = weights.get("model/" + path);
    try (TFloat32 tensor = (TFloat32) Tensors.of(value)) {
      return tf.constantOf(tensor);
    }
  }

  /** One row and column more before the image, and one less after it. */
  private Operand<TFloat32> padded(Operand<TFloat32> x) {
    return faults.contains(Fault.PADDING)
        ? tf.slice(
            tf.pad(x, tf.constant(new int[][] {{0, 0}, {1, 0}, {1, 0}, {0, 0}}), tf.constant(0f)),
            tf.constant(new int[4]),
            tf.constant(new int[] {4, 16, 16, 2}))
        : x;
  }

  private Operand<TFloat32> convolve(String layer, Operand<TFloat32> x, String padding) {
    Operand<TFloat32> kernel = weight(layer + "/kernel");
    if (faults.contains(Fault.KERNEL_LAYOUT) && layer.equals("conv2d")) {
      kernel = tf.linalg.transpose(kernel, tf.constant(new int[] {1, 0, 2, 3}));
    }
    return tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), padding);
  }

  private Operand<TFloat32> bias(String layer, Operand<TFloat32> x) {
    return faults.contains(Fault.BIAS) && layer.equals("dense")
        ? x
        : tf.math.add(x, weight(layer + "/bias"));
  }

  private Operand<TFloat32> leaky(Operand<TFloat32> x) {
    return tf.nn.leakyRelu(x, LeakyRelu.alpha(faults.contains(Fault.SLOPE) ? 0.3f : 0.2f));
  }

  private Operand<TFloat32> pool(Operand<TFloat32> x) {
    return tf.nn.avgPool(x, List.of(1L, 2L, 2L, 1L), List.of(1L, 2L, 2L, 1L), "VALID");
  }

  private Operand<TFloat32> normalize(Operand<TFloat32> x) {
    String layer = "batch_normalization/";
    float epsilon = faults.contains(Fault.EPSILON) ? 1e-5f : 1e-3f;
    Operand<TFloat32> deviation =
        tf.math.sqrt(tf.math.add(weight(layer + "moving_variance"), tf.constant(epsilon)));
    return tf.math.add(
        tf.math.mul(
            tf.math.div(tf.math.sub(x, weight(layer + "moving_mean")), deviation),
            weight(layer + "gamma")),
        weight(layer + "beta"));
  }

  private Operand<TFloat32> flatten(Operand<TFloat32> x) {
    Operand<TFloat32> ordered =
        faults.contains(Fault.CHANNEL_ORDER)
            ? tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 1, 2}))
            : x;
    return tf.reshape(ordered, tf.constant(new int[] {4, -1}));
  }

  private Operand<TFloat32> product(String layer, Operand<TFloat32> x) {
    return tf.linalg.matMul(x, weight(layer + "/kernel"));
  }

  private Operand<TFloat32> movingMean(Operand<TFloat32> x) {
    float momentum = faults.contains(Fault.MOMENTUM) ? 0.9f : 0.99f;
    return tf.math.add(
        tf.math.mul(weight("batch_normalization/moving_mean"), tf.constant(momentum)),
        tf.math.mul(tf.math.mean(x, tf.constant(new int[] {0, 1, 2})), tf.constant(1 - momentum)));
  }

  /** For the label 0: the mean of softplus; of clipped probabilities with the fault. */
  private Operand<TFloat32> loss(Operand<TFloat32> logits) {
    Operand<TFloat32> perSample =
        faults.contains(Fault.LOSS)
            ? tf.math.neg(
                tf.math.log(
                    tf.math.sub(
                        tf.constant(1f),
                        tf.clipByValue(
                            tf.math.sigmoid(logits), tf.constant(1e-7f), tf.constant(1 - 1e-7f)))))
            : tf.math.softplus(logits);
    return tf.math.mean(perSample, tf.constant(new int[] {0, 1}));
  }
}

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.Parity;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Compares a LeNet in TensorFlow-Java ops with Keras: {@code VerifyLeNet.java lenet.npz}. */
public class VerifyLeNet {
  public static void main(String[] arguments) {
    Parity parity = Parity.against(Path.of(arguments[0]));
    Map<String, NdArray> weights = parity.weights();
    List<Long> two = List.of(1L, 2L, 2L, 1L);
    try (Graph graph = new Graph(); Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 16, 16, 2)));
      var conv = conv(tf, weights, "conv2d", x, "SAME");
      var pool = tf.nn.avgPool(tf.nn.leakyRelu(conv, LeakyRelu.alpha(0.2f)), two, two, "VALID");
      String norm = "batch_normalization/";
      var scale = tf.math.div(weight(tf, weights, norm + "gamma"), tf.math.sqrt(
          tf.math.add(weight(tf, weights, norm + "moving_variance"), tf.constant(1e-3f))));
      var y = tf.math.add(tf.math.mul(tf.math.sub(pool, weight(tf, weights, norm + "moving_mean")),
          scale), weight(tf, weights, norm + "beta"));
      var conv1 = conv(tf, weights, "conv2d_1", y, "VALID");
      parity.feed(x).compare("conv2d", conv).compare("batch_normalization", y);
      Parity.assertSame(parity.compare("conv2d_1", conv1).run(session));
      System.out.println("Equal to Keras.");
    }
  }

  private static Operand<TFloat32> conv(
      Ops tf, Map<String, NdArray> weights, String layer, Operand<TFloat32> x, String padding) {
    var kernel = weight(tf, weights, layer + "/kernel");
    return tf.math.add(tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), padding),
        weight(tf, weights, layer + "/bias"));
  }

  private static Operand<TFloat32> weight(Ops tf, Map<String, NdArray> weights, String path) {
    NdArray value = weights.get("model/" + path);
    long[] shape = value.shape().stream().mapToLong(Integer::longValue).toArray();
    return tf.constant(Shape.of(shape), DataBuffers.of(value.floats()));
  }
}

package org.kerastwin.savedmodel;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;

/**
 * A network of the generator's ops, small enough for tests: dense, reshape, batch normalization,
 * leaky ReLU, upsampling, convolution, tanh. Eight weights, six of them trainable.
 */
final class TinyGenerator {
  static final int NOISE = 5;
  static final List<Long> IMAGES = List.of(-1L, 6L, 6L, 1L);

  private final Map<String, NdArray> weights = new LinkedHashMap<>();
  private final List<WeightSlot> slots = new ArrayList<>();
  private final Random random;

  private TinyGenerator(long seed) {
    random = new Random(seed);
  }

  /** The computation and weights drawn with that seed. */
  record Model(InferenceGraph graph, WeightMap weights) {
    /**
     * Runs the graph with fed weights; every exported form must give the same. Rows run in batches
     * of that size, because TensorFlow's matrix product rounds differently for one row and for
     * many.
     */
    NdArray run(NdArray noise, int batchSize) {
      try (Graph direct = new Graph()) {
        direct.importGraphDef(graph.graph());
        try (Session session = new Session(direct)) {
          FloatBuffer images = FloatBuffer.allocate(noise.shape().get(0) * 36);
          for (int row = 0; row < noise.shape().get(0); row += batchSize) {
            int end = Math.min(row + batchSize, noise.shape().get(0));
            float[] part = Arrays.copyOfRange(noise.floats(), row * NOISE, end * NOISE);
            images.put(runOnce(session, part).floats());
          }
          return NdArray.ofFloats(images.array(), List.of(noise.shape().get(0), 6, 6, 1));
        }
      }
    }

    private NdArray runOnce(Session session, float[] noise) {
      List<TFloat32> fed = new ArrayList<>();
      try {
        fed.add(Tensors.of(noise, Shape.of(noise.length / NOISE, NOISE)));
        Session.Runner runner = session.runner().feed(graph.input().tensor(), fed.get(0));
        for (WeightSlot slot : graph.weights()) {
          NdArray values = weights.get(slot.path());
          fed.add(Tensors.of(values.floats(), Tensors.shape(values.shape())));
          runner.feed(slot.placeholder(), fed.get(fed.size() - 1));
        }
        try (Result result = runner.fetch(graph.output().tensor()).run()) {
          return Tensors.toNdArray(result.get(0));
        }
      } finally {
        fed.forEach(TFloat32::close);
      }
    }
  }

  static Model of(long seed) {
    return new TinyGenerator(seed).build();
  }

  /** Noise of a fixed seed. */
  static NdArray noise(int rows) {
    Random random = new Random(99);
    float[] values = new float[rows * NOISE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return NdArray.ofFloats(values, List.of(rows, NOISE));
  }

  private Model build() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x =
          tf.withName("noise").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, NOISE)));
      x = tf.linalg.matMul(x, weight(tf, "dense/kernel", true, NOISE, 36));
      x = tf.nn.biasAdd(x, weight(tf, "dense/bias", true, 36));
      x = tf.reshape(x, tf.constant(new int[] {-1, 3, 3, 4}));
      x =
          tf.nn
              .fusedBatchNorm(
                  x,
                  weight(tf, "batch_normalization/gamma", true, 4),
                  weight(tf, "batch_normalization/beta", true, 4),
                  weight(tf, "batch_normalization/moving_mean", false, 4),
                  weight(tf, "batch_normalization/moving_variance", false, 4),
                  FusedBatchNorm.isTraining(false),
                  FusedBatchNorm.epsilon(1e-3f))
              .y();
      x = tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
      x =
          tf.image.resizeNearestNeighbor(
              x, tf.constant(new int[] {6, 6}), ResizeNearestNeighbor.halfPixelCenters(false));
      x =
          tf.nn.conv2d(
              x,
              weight(tf, "conv2d/kernel", true, 3, 3, 4, 1),
              List.of(1L, 1L, 1L, 1L),
              "SAME",
              new Conv2d.Options[0]);
      x = tf.nn.biasAdd(x, weight(tf, "conv2d/bias", true, 1));
      tf.withName("images").math.tanh(x);
      return new Model(
          new InferenceGraph(
              graph.toGraphDef(),
              new TensorSpec("noise", "noise", List.of(-1L, (long) NOISE)),
              new TensorSpec("images", "images:0", IMAGES),
              slots),
          new WeightMap(weights));
    }
  }

  private Operand<TFloat32> weight(Ops tf, String name, boolean trainable, int... shape) {
    List<Integer> sizes = new ArrayList<>();
    for (int size : shape) {
      sizes.add(size);
    }
    float[] values = new float[(int) NdArray.elements(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1f + random.nextFloat();
    }
    String path = "generator/" + name;
    String placeholder = "weight_" + slots.size();
    weights.put(path, NdArray.ofFloats(values, sizes));
    slots.add(new WeightSlot(path, placeholder, trainable));
    Shape dimensions = Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
    return tf.withName(placeholder).placeholder(TFloat32.class, Placeholder.shape(dimensions));
  }

  /**
   * A SavedModel whose signatures hold 100,000 nested groups, which overflow the stack in older
   * releases of protobuf.
   */
  static byte[] nestedGroups() {
    byte[] entry = new byte[100_000];
    // Begins a group of the unknown field 3.
    Arrays.fill(entry, (byte) 0x1b);
    UnknownFieldSet meta =
        field(MetaGraphDef.SIGNATURE_DEF_FIELD_NUMBER, ByteString.copyFrom(entry));
    return field(SavedModel.META_GRAPHS_FIELD_NUMBER, meta.toByteString()).toByteArray();
  }

  private static UnknownFieldSet field(int number, ByteString content) {
    return UnknownFieldSet.newBuilder()
        .addField(number, UnknownFieldSet.Field.newBuilder().addLengthDelimited(content).build())
        .build();
  }
}

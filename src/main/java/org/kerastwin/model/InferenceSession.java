package org.kerastwin.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Tensors;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A model with its weights, ready to run in inference mode. It owns a graph and a session. */
public final class InferenceSession implements AutoCloseable {
  /** Samples per run. Larger batches are not faster but take more memory. */
  public static final int BATCH = 256;

  /** The batch size of Keras's {@code predict}. The bits of a sum may depend on it. */
  public static final int PREDICT_BATCH = 32;

  private final Sequential model;
  private final Graph graph = NativeRuntime.graph();
  private final Placeholder<TFloat32> input;
  private final Operand<TFloat32> output;
  private final GraphSession session;

  /** A session in float32. */
  public InferenceSession(Sequential model, WeightMap weights, Device device, Pass.Form form) {
    this(model, weights, device, form, Precision.FLOAT32);
  }

  /**
   * Builds the model's inference graph and restores the weights into it.
   *
   * @param weights all weights of the model and no others, by path
   */
  public InferenceSession(
      Sequential model, WeightMap weights, Device device, Pass.Form form, Precision precision) {
    this.model = model;
    try {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      model.build(tf, variables, () -> 0);
      Shape batch = Shape.of(Shape.UNKNOWN_SIZE).append(model.inputShape());
      this.input = tf.placeholder(TFloat32.class, Placeholder.shape(batch));
      this.output =
          model
              .apply(
                  Pass.inference(tf, form).with(precision),
                  path -> variables.getFloat(path).read(tf),
                  input)
              .output();
      this.session =
          GraphSession.prepared(
              graph,
              variables,
              new SessionOptions(device, form == Pass.Form.EXACT),
              opened -> opened.restore(weights));
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  /**
   * Runs the model on samples, in batches.
   *
   * @param samples float32 {@code [n, …]}
   * @param batchSize samples per run, positive
   * @return float32 {@code [n, …]}
   */
  public NdArray run(NdArray samples, int batchSize) {
    int n = samples.shape().get(0);
    List<Integer> shape = new ArrayList<>(List.of(n));
    shape.addAll(Tensors.dimensions(model.outputShape()));
    int bytes = Math.toIntExact(NdArray.elements(shape) * Float.BYTES);
    ByteBuffer outputs = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < n; from += batchSize) {
      NdArray batch = samples.rows(from, Math.min(n, from + batchSize));
      try (Result result = session.run().feed(input, batch).fetch(output).run()) {
        outputs.put(Tensors.toNdArray(result.get(0)).data());
      }
    }
    return new NdArray(DType.FLOAT32, shape, outputs.flip());
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

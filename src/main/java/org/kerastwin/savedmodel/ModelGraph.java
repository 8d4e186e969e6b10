package org.kerastwin.savedmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.kerastwin.graph.Tensors;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Builds the inference graph of a model for export, from the same ops as Keras, which most
 * converters support.
 */
public final class ModelGraph {
  private ModelGraph() {}

  /**
   * The graph from {@code noise} to {@code images}, or from {@code images} to {@code probability}.
   */
  public static InferenceGraph of(Sequential model) {
    return model.inputShape().numDimensions() == 1
        ? of(model, "noise", "images")
        : of(model, "images", "probability");
  }

  /**
   * Builds the graph of a model in inference mode.
   *
   * @param input the input's name in the signature, such as {@code noise}
   * @param output the output's name in the signature, such as {@code images}
   */
  public static InferenceGraph of(Sequential model, String input, String output) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Map<String, Placeholder<TFloat32>> weights = new LinkedHashMap<>();
      Map<String, WeightSpec> served = model.weights();
      served.forEach(
          (path, weight) ->
              weights.put(
                  path,
                  tf.withName(path.replace('/', '_'))
                      .placeholder(
                          TFloat32.class, Placeholder.shape(Tensors.shape(weight.shape())))));
      Shape inputShape = batchOf(model.inputShape());
      Placeholder<TFloat32> x =
          tf.withName(input).placeholder(TFloat32.class, Placeholder.shape(inputShape));
      Operand<TFloat32> y =
          model.apply(Pass.inference(tf, Pass.Form.EXACT), weights::get, x).output();
      List<WeightSlot> slots = new ArrayList<>();
      served.forEach(
          (path, weight) ->
              slots.add(new WeightSlot(path, weights.get(path).op().name(), weight.trainable())));
      return new InferenceGraph(
          graph.toGraphDef(),
          spec(input, x, inputShape),
          spec(output, y, batchOf(model.outputShape())),
          slots);
    }
  }

  private static Shape batchOf(Shape sample) {
    return Shape.of(Shape.UNKNOWN_SIZE).append(sample);
  }

  private static TensorSpec spec(String name, Operand<TFloat32> tensor, Shape shape) {
    return new TensorSpec(
        name, tensor.asOutput().op().name(), LongStream.of(shape.asArray()).boxed().toList());
  }
}

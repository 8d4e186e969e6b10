package org.kerastwin.parity.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The arrays fed to a graph, and the tensors fetched from it. */
final class FeedsAndFetches {
  private final Map<Placeholder<TFloat32>, NdArray> feeds = new LinkedHashMap<>();
  private final Map<TensorKey, Operand<?>> fetches = new LinkedHashMap<>();

  /** Adds a placeholder with the shape of the array, which every run feeds. */
  Placeholder<TFloat32> feed(Ops tf, NdArray values) {
    Placeholder<TFloat32> placeholder =
        tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(values.shape())));
    feeds.put(placeholder, values);
    return placeholder;
  }

  /** Fetches a tensor in every run. */
  void fetch(Stage stage, String name, Operand<?> tensor) {
    fetches.put(new TensorKey(stage, name), tensor);
  }

  /** Whether nothing is fetched. */
  boolean isEmpty() {
    return fetches.isEmpty();
  }

  /**
   * Fetches all tensors in one run. A layer such as Dropout may return its input, and TensorFlow
   * does not fetch a tensor that is fed.
   */
  Map<TensorKey, NdArray> run(GraphSession session) {
    GraphRun run = session.run();
    feeds.forEach(run::feed);
    List<Operand<?>> computed =
        fetches.values().stream().filter(tensor -> !isFed(tensor)).distinct().toList();
    computed.forEach(run::fetch);
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    try (Result result = run.run()) {
      fetches.forEach(
          (key, tensor) ->
              found.put(
                  key,
                  isFed(tensor)
                      ? feeds.get(tensor)
                      : Tensors.toNdArray(result.get(computed.indexOf(tensor)))));
    }
    return found;
  }

  private boolean isFed(Operand<?> tensor) {
    return tensor instanceof Placeholder<?> placeholder && feeds.containsKey(placeholder);
  }
}

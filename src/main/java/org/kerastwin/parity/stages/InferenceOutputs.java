package org.kerastwin.parity.stages;

import java.util.List;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The outputs of all layers of a model in inference mode. */
final class InferenceOutputs {
  private InferenceOutputs() {}

  /**
   * Applies a model to one batch.
   *
   * @return one output per layer, in their order
   */
  static List<NdArray> of(Sequential model, WeightMap weights, NdArray input) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      model.build(tf, variables, () -> 0);
      FeedsAndFetches probe = new FeedsAndFetches();
      Placeholder<TFloat32> x = probe.feed(tf, input);
      model
          .apply(Pass.inference(tf, Pass.Form.EXACT), path -> variables.getFloat(path).read(tf), x)
          .outputs()
          .forEach((path, output) -> probe.fetch(Stage.FILES, path, output));
      try (GraphSession session =
          new GraphSession(graph, variables, SessionOptions.exact(Device.CPU))) {
        session.restore(weights);
        return List.copyOf(probe.run(session).values());
      }
    }
  }
}

package org.kerastwin.parity.stages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** The weights that follow from the seed of a reference. */
public final class SeededWeights {
  /** New values for weights that start as constants, computed from a standard normal number. */
  private static final Map<String, DoubleUnaryOperator> MOVED =
      Map.of(
          "bias", n -> 0.1 * n,
          "gamma", n -> 1.0 + 0.1 * n,
          "beta", n -> 0.1 * n,
          "moving_mean", n -> 0.1 * n,
          "moving_variance", n -> 0.5 + 0.1 * n * n);

  private SeededWeights() {}

  /** The initial weights of Keras for a single network. */
  public static WeightMap initial(Sequential network, long seed, Device device) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      network.build(tf, variables, KerasStreams.ofSeed(seed)::nextInitializerSeed);
      try (GraphSession session =
          new GraphSession(graph, variables, SessionOptions.exact(device))) {
        session.initialize();
        return session.weights();
      }
    }
  }

  /** The initial weights with all constant ones replaced by random ones. */
  public static WeightMap moved(WeightMap initial, NamedRandom draws) {
    Map<String, NdArray> moved = new LinkedHashMap<>();
    initial
        .tensors()
        .forEach(
            (path, value) -> {
              DoubleUnaryOperator move = MOVED.get(VariablePaths.name(path));
              moved.put(path, move == null ? value : drawn(path, value, move, draws));
            });
    return new WeightMap(moved);
  }

  private static NdArray drawn(
      String path, NdArray like, DoubleUnaryOperator move, NamedRandom draws) {
    double[] normal = draws.normal(path, like.size());
    float[] values = new float[normal.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) move.applyAsDouble(normal[i]);
    }
    return NdArray.ofFloats(values, like.shape());
  }
}

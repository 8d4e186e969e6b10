package org.kerastwin.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Application;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The results of applying a model once, forward and backward.
 *
 * @param output the output
 * @param inputGradient the gradient with respect to the input
 * @param gradients the gradients with respect to the trainable weights, by path
 * @param stateUpdates next values of the moving statistics, by path; empty in inference
 * @param opTypes the types of all ops in the graph
 */
public record AppliedModel(
    NdArray output,
    NdArray inputGradient,
    Map<String, NdArray> gradients,
    Map<String, NdArray> stateUpdates,
    List<String> opTypes) {

  /**
   * Applies a model.
   *
   * @param weights by path
   * @param x the input
   * @param dy the gradient of a loss with respect to the output
   */
  public static AppliedModel of(
      Sequential model,
      Pass.Mode mode,
      Pass.Form form,
      Map<String, NdArray> weights,
      NdArray x,
      NdArray dy) {
    return of(model, mode, form, Precision.FLOAT32, weights, x, dy);
  }

  /** The same in another precision. */
  public static AppliedModel of(
      Sequential model,
      Pass.Mode mode,
      Pass.Form form,
      Precision precision,
      Map<String, NdArray> weights,
      NdArray x,
      NdArray dy) {
    try (OneRun run = new OneRun()) {
      Map<String, Operand<TFloat32>> fed = new HashMap<>();
      Map<String, Operand<TInt64>> seeds = new HashMap<>();
      weights.forEach(
          (path, value) -> {
            if (VariablePaths.isSeed(path)) {
              seeds.put(path, run.tf.constant(value.longs()));
            } else {
              fed.put(path, run.feed(value));
            }
          });
      Pass pass =
          new Pass(
              run.tf,
              mode,
              form,
              precision,
              MovingAverage.KERAS,
              layer -> seeds.get(VariablePaths.seed(layer)));
      Application applied = model.apply(pass, fed::get, run.feed(x));
      Operand<TFloat32> upstream = run.feed(dy);
      Map<String, Operand<TFloat32>> gradients =
          new LinkedHashMap<>(applied.weightGradients(run.tf, applied.output(), upstream));
      // In inference, autodiff also gives gradients of the moving statistics, which are unused.
      Map<String, WeightSpec> specs = model.weights();
      gradients.keySet().removeIf(path -> !specs.get(path).trainable());

      List<Operand<?>> fetches = new ArrayList<>();
      fetches.add(applied.output());
      fetches.add(applied.inputGradient(run.tf, applied.output(), upstream));
      fetches.addAll(gradients.values());
      fetches.addAll(applied.stateUpdates().values());
      List<NdArray> values = run.fetch(fetches);
      int firstState = 2 + gradients.size();
      return new AppliedModel(
          values.get(0),
          values.get(1),
          byName(gradients.keySet(), values.subList(2, firstState)),
          byName(applied.stateUpdates().keySet(), values.subList(firstState, values.size())),
          run.opTypes());
    }
  }

  private static Map<String, NdArray> byName(Iterable<String> names, List<NdArray> values) {
    Map<String, NdArray> byName = new LinkedHashMap<>();
    int index = 0;
    for (String name : names) {
      byName.put(name, values.get(index++));
    }
    return byName;
  }
}

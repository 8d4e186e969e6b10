package org.kerastwin.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.Variable;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Exponential moving averages of weights: {@code average = momentum * average + (1 - momentum) *
 * weight} after each update, in float32; the first update copies the weights. Keras: {@code
 * optimizers/base_optimizer.py} with {@code use_ema=True}.
 *
 * <p>As in Keras, only trainable weights are averaged. The moving statistics of batch normalization
 * are already averages.
 */
public final class WeightAverage {
  private final float momentum;
  private final Variables variables;
  private final Map<String, Variable<TFloat32>> averages = new LinkedHashMap<>();

  /**
   * Makes a variable {@code average/<path>} for each weight.
   *
   * @param momentum fraction of the average that an update keeps, in [0, 1)
   */
  public WeightAverage(double momentum, Variables variables, List<String> trainable) {
    this.momentum = (float) momentum;
    this.variables = variables;
    for (String path : trainable) {
      averages.put(path, variables.createZeros(VariablePaths.average(path), path));
    }
  }

  /**
   * Adds an update of all averages.
   *
   * @param then scope of ops that run after the optimizer's update
   * @param number the number of that update, from 1
   */
  public List<Op> update(Ops then, Operand<TInt64> number) {
    Operand<TFloat32> notFirst =
        then.dtypes.cast(then.math.notEqual(number, then.constant(1L)), TFloat32.class);
    Operand<TFloat32> kept = then.math.mul(notFirst, then.constant(momentum));
    Operand<TFloat32> rest = then.math.sub(then.constant(1f), kept);
    List<Op> updates = new ArrayList<>();
    averages.forEach(
        (path, average) ->
            updates.add(
                average.assign(
                    then,
                    then.math.add(
                        then.math.mul(kept, average.read(then)),
                        then.math.mul(rest, variables.getFloat(path).read(then))))));
    return updates;
  }

  /** The weights of a model in the state of a run; averages replace the weights that have one. */
  public static WeightMap averaged(WeightMap state, String model) {
    Map<String, NdArray> weights = new LinkedHashMap<>();
    state
        .ofModel(model)
        .tensors()
        .forEach(
            (path, weight) ->
                weights.put(
                    path, state.tensors().getOrDefault(VariablePaths.average(path), weight)));
    return new WeightMap(weights);
  }
}

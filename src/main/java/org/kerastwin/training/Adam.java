package org.kerastwin.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.Variable;
import org.kerastwin.graph.Variables;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.VariablePaths;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adam (Kingma and Ba, 2014) for the weights of one model, in Keras's float32 arithmetic. Keras:
 * {@code optimizers/adam.py}. TensorFlow's own kernel computes {@code 1 - beta2} in float32 but
 * Keras in double, so the update consists of explicit ops.
 */
public final class Adam {
  private final AdamSettings settings;
  private final Variables variables;
  private final Variable<TInt64> iteration;
  private final Map<String, Slots> slots = new LinkedHashMap<>();

  private record Slots(Variable<TFloat32> momentum, Variable<TFloat32> velocity) {}

  /** The optimizer of all trainable weights of a model. */
  public Adam(AdamSettings settings, Ops tf, Variables variables, Sequential model) {
    this(
        settings,
        tf,
        variables,
        model.name(),
        model.weights().entrySet().stream()
            .filter(weight -> weight.getValue().trainable())
            .map(Map.Entry::getKey)
            .toList());
  }

  /**
   * Makes the optimizer's variables: {@code optimizer/<model>/iteration}, and for each weight
   * {@code optimizer/<path>/momentum} and {@code …/velocity}.
   *
   * @param model name of the model
   * @param trainable paths of the weights that it changes
   */
  public Adam(
      AdamSettings settings, Ops tf, Variables variables, String model, List<String> trainable) {
    this.settings = settings;
    this.variables = variables;
    this.iteration =
        variables.create(
            VariablePaths.iteration(model), TInt64.class, Shape.scalar(), tf.constant(0L));
    for (String path : trainable) {
      slots.put(
          path,
          new Slots(
              variables.createZeros(VariablePaths.momentum(path), path),
              variables.createZeros(VariablePaths.velocity(path), path)));
    }
  }

  /** The paths of the weights that it changes. */
  List<String> weights() {
    return List.copyOf(slots.keySet());
  }

  /**
   * Adds the number of the next update, from 1. All ops of an update must use this same operand,
   * since a second read might see the number that the update assigns.
   */
  public Operand<TInt64> nextIteration(Ops tf) {
    return tf.math.add(iteration.read(tf), tf.constant(1L));
  }

  /**
   * Adds one update of all weights. May be called several times: the updates share the slots.
   *
   * @param number the number of the update, from {@link #nextIteration}
   * @param gradients the gradient of each weight of this optimizer, by path
   * @return the ops that make the update
   */
  public List<Op> update(Ops tf, Operand<TInt64> number, Map<String, Operand<TFloat32>> gradients) {
    if (!gradients.keySet().equals(slots.keySet())) {
      throw new IllegalArgumentException(
          "expected gradients of %s, received %s".formatted(slots.keySet(), gradients.keySet()));
    }
    Operand<TFloat32> alpha = alpha(tf, tf.dtypes.cast(number, TFloat32.class));
    List<Op> updates = new ArrayList<>();
    gradients.forEach((path, gradient) -> updates.addAll(update(tf, path, gradient, alpha)));
    updates.add(iteration.assign(tf, number));
    return updates;
  }

  /** {@code lr * sqrt(1 - beta2^t) / (1 - beta1^t)}. */
  private Operand<TFloat32> alpha(Ops tf, Operand<TFloat32> t) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> beta1Power = tf.math.pow(tf.constant((float) settings.beta1()), t);
    Operand<TFloat32> beta2Power = tf.math.pow(tf.constant((float) settings.beta2()), t);
    return tf.math.div(
        tf.math.mul(
            tf.constant((float) settings.learningRate()),
            tf.math.sqrt(tf.math.sub(one, beta2Power))),
        tf.math.sub(one, beta1Power));
  }

  private List<Op> update(
      Ops tf, String path, Operand<TFloat32> gradient, Operand<TFloat32> alpha) {
    Variable<TFloat32> weight = variables.getFloat(path);
    Slots slot = slots.get(path);
    Operand<TFloat32> momentum =
        averaged(tf, slot.momentum().read(tf), gradient, 1 - settings.beta1());
    Operand<TFloat32> velocity =
        averaged(tf, slot.velocity().read(tf), tf.math.square(gradient), 1 - settings.beta2());
    Operand<TFloat32> change =
        tf.math.div(
            tf.math.mul(momentum, alpha),
            tf.math.add(tf.math.sqrt(velocity), tf.constant((float) settings.epsilon())));
    return List.of(
        slot.momentum().assign(tf, momentum),
        slot.velocity().assign(tf, velocity),
        weight.assign(tf, tf.math.sub(weight.read(tf), change)));
  }

  /** {@code moment + (target - moment) * rate}. */
  private static Operand<TFloat32> averaged(
      Ops tf, Operand<TFloat32> moment, Operand<TFloat32> target, double rate) {
    return tf.math.add(moment, tf.math.mul(tf.math.sub(target, moment), tf.constant((float) rate)));
  }
}

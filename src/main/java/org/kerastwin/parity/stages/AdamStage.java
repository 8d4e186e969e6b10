package org.kerastwin.parity.stages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.training.Adam;
import org.kerastwin.training.WeightAverage;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One Adam update with given gradients, and the average of the weights after it, at the first step
 * and at a later one with given moments. The gradients range from 1e-12 to 1e-4, so that epsilon
 * matters. The weight starts at 0, so that it shows the exact update. An update with other settings
 * shows faults that the notebook's beta_1 hides: 0.5 equals 1 - beta_1.
 */
public final class AdamStage {
  private static final int SIZE = 509;
  private static final int[] STEPS = {1, 1000};
  private static final double EMA = 0.9;
  private static final String OTHER = "other";
  private static final int OTHER_STEP = 7;
  private static final AdamSettings OTHER_SETTINGS = new AdamSettings(0.01, 0.6, 0.99, 1e-5);
  private static final String MODEL = "made";
  private static final String WEIGHT = "made/weight";
  private static final String MOMENTUM = VariablePaths.momentum(WEIGHT);
  private static final String VELOCITY = VariablePaths.velocity(WEIGHT);
  private static final String AVERAGE = VariablePaths.average(WEIGHT);

  private AdamStage() {}

  /** Computes the updates with the settings of the notebook. */
  static Map<TensorKey, NdArray> compute(Implementation ours, NamedRandom draws) {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    for (int step : STEPS) {
      found.putAll(updated(ours, draws, ours.adam(), String.valueOf(step), step));
    }
    return found;
  }

  /** Computes an update with other settings. */
  static Map<TensorKey, NdArray> computeOther(Implementation ours, NamedRandom draws) {
    return updated(ours, draws, OTHER_SETTINGS, OTHER, OTHER_STEP);
  }

  private static Map<TensorKey, NdArray> updated(
      Implementation ours, NamedRandom draws, AdamSettings settings, String name, int step) {
    WeightMap after =
        update(ours, settings, moments(draws, name, step), input(draws, name + "/gradient"));
    return Map.of(
        new TensorKey(Stage.ADAM, name + "/momentum"), after.get(MOMENTUM),
        new TensorKey(Stage.ADAM, name + "/velocity"), after.get(VELOCITY),
        new TensorKey(Stage.ADAM, name + "/update"), negated(after.get(WEIGHT)),
        new TensorKey(Stage.ADAM, name + "/average"), negated(after.get(AVERAGE)));
  }

  private static NdArray negated(NdArray vector) {
    float[] values = vector.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return NdArray.ofFloats(values, vector.shape());
  }

  private static WeightMap update(
      Implementation ours, AdamSettings settings, WeightMap moments, NdArray given) {
    Shape shape = Shape.of(SIZE);
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      variables.create(WEIGHT, shape, tf.fill(tf.constant(shape), tf.constant(0f)));
      Adam adam = new Adam(settings, tf, variables, MODEL, List.of(WEIGHT));
      Placeholder<TFloat32> gradient = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      WeightAverage average = new WeightAverage(EMA, variables, List.of(WEIGHT));
      Operand<TInt64> number = adam.nextIteration(tf);
      List<Op> targets = new ArrayList<>(adam.update(tf, number, Map.of(WEIGHT, gradient)));
      Ops updated = tf.withControlDependencies(List.copyOf(targets));
      targets.addAll(average.update(updated, number));
      try (GraphSession session = new GraphSession(graph, variables, ours.session())) {
        session.initialize();
        session.restore(moments);
        GraphRun run = session.run().feed(gradient, given);
        targets.forEach(run::addTarget);
        run.run().close();
        return session.weights();
      }
    }
  }

  /** The state of the optimizer before the step. */
  private static WeightMap moments(NamedRandom draws, String name, int step) {
    Map<String, NdArray> state = new LinkedHashMap<>();
    state.put(VariablePaths.iteration(MODEL), NdArray.ofLongs(new long[] {step - 1L}, List.of()));
    if (step > 1) {
      state.put(MOMENTUM, input(draws, name + "/momentum"));
      state.put(VELOCITY, input(draws, name + "/velocity"));
      state.put(AVERAGE, input(draws, name + "/average"));
    }
    return new WeightMap(state);
  }

  /**
   * An input of the update: random numbers of many magnitudes.
   *
   * @param name such as {@code 1/gradient} or {@code 1000/velocity}; the velocity is squared
   */
  public static NdArray input(NamedRandom draws, String name) {
    double[] normal = draws.normal("adam/" + name, SIZE);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      float value = (float) (normal[i] * normal[i] * normal[i] * 1e-5);
      values[i] = name.endsWith("/velocity") ? value * value : value;
    }
    return NdArray.ofFloats(values, List.of(SIZE));
  }
}

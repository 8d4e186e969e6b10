package org.kerastwin.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.kerastwin.data.Split;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Application;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.training.Adam;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Trains the {@link Classifier} with softmax cross-entropy and Adam on randomly shifted images. The
 * same seed on the same machine gives the same weights.
 */
public final class ClassifierTraining {
  private static final int BATCH = 128;

  private final Split images;
  private final Random random;
  private final Consumer<String> progress;

  /**
   * Epochs with one learning rate.
   *
   * @param epochs their number
   * @param learningRate Adam's
   */
  public record Phase(int epochs, double learningRate) {}

  private record Step(
      Placeholder<TFloat32> images,
      Placeholder<TFloat32> labels,
      Operand<TFloat32> loss,
      List<Op> targets) {}

  /**
   * Prepares the training of a classifier.
   *
   * @param images images with the labels 0 to 9
   * @param seed of initial weights, order and shifts
   * @param progress receives a line after each epoch
   */
  public ClassifierTraining(Split images, long seed, Consumer<String> progress) {
    this.images = images;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** Trains from random weights through all phases; returns weights rounded to float16. */
  public WeightMap run(List<Phase> phases) {
    WeightMap state = new WeightMap(Map.of());
    for (Phase phase : phases) {
      state = run(phase, state);
    }
    Map<String, NdArray> rounded = new LinkedHashMap<>();
    for (String path : Classifier.model().weights().keySet()) {
      rounded.put(path, HalfPrecision.rounded(state.get(path)));
    }
    return new WeightMap(rounded);
  }

  private WeightMap run(Phase phase, WeightMap before) {
    try (Graph graph = NativeRuntime.graph()) {
      Variables variables = new Variables(Ops.create(graph));
      Step step = step(Ops.create(graph), variables, phase.learningRate());
      try (GraphSession session =
          GraphSession.prepared(
              graph, variables, new SessionOptions(Device.CPU, false), GraphSession::initialize)) {
        session.restore(before);
        for (int epoch = 1; epoch <= phase.epochs(); epoch++) {
          double loss = epoch(session, step);
          progress.accept(
              "learning rate %s, epoch %d of %d: loss %.5f"
                  .formatted(phase.learningRate(), epoch, phase.epochs(), loss));
        }
        return session.weights();
      }
    }
  }

  private Step step(Ops tf, Variables variables, double learningRate) {
    Sequential model = Classifier.model();
    model.build(tf, variables, () -> random.nextInt(Integer.MAX_VALUE));
    Adam adam = new Adam(new AdamSettings(learningRate, 0.9), tf, variables, model);
    Placeholder<TFloat32> input = placeholder(tf, model.inputShape());
    Placeholder<TFloat32> labels = placeholder(tf, Shape.of(Classifier.CLASSES));
    Application applied =
        model.apply(
            Pass.training(tf, Pass.Form.FAST, MovingAverage.KERAS),
            path -> variables.getFloat(path).read(tf),
            input);
    Operand<TFloat32> probabilities = tf.nn.softmax(applied.logits());
    Operand<TFloat32> batch = tf.constant((float) BATCH);
    Operand<TFloat32> loss =
        tf.math.neg(
            tf.math.div(
                tf.reduceSum(
                    tf.math.mul(labels, tf.nn.logSoftmax(applied.logits())),
                    tf.constant(new int[] {0, 1})),
                batch));
    Operand<TFloat32> dLogits = tf.math.div(tf.math.sub(probabilities, labels), batch);
    Operand<TInt64> number = adam.nextIteration(tf);
    List<Op> targets =
        new ArrayList<>(
            adam.update(tf, number, applied.weightGradients(tf, applied.logits(), dLogits)));
    applied.stateUpdates().forEach((path, value) -> targets.add(variables.assign(tf, path, value)));
    return new Step(input, labels, loss, targets);
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, Shape sample) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH).append(sample)));
  }

  /** Runs an epoch and returns its mean loss. */
  private double epoch(GraphSession session, Step step) {
    ShiftedBatches batches = new ShiftedBatches(images, random);
    float[] pixels = new float[BATCH * Classifier.PIXELS];
    float[] oneHot = new float[BATCH * Classifier.CLASSES];
    double sum = 0;
    int steps = 0;
    while (batches.next(pixels, oneHot)) {
      sum += run(session, step, pixels, oneHot);
      steps++;
    }
    return sum / Math.max(1, steps);
  }

  private static float run(GraphSession session, Step step, float[] pixels, float[] oneHot) {
    GraphRun run =
        session.run().feed(step.images(), pixels).feed(step.labels(), oneHot).fetch(step.loss());
    step.targets().forEach(run::addTarget);
    try (Result result = run.run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }
}

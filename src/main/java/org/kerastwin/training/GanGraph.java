package org.kerastwin.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.kerastwin.graph.Variables;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Application;
import org.kerastwin.model.DiscriminatorOutput;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The graph of a GAN's training step: three updates over the same variables, each with its own
 * feeds and targets, and the generator's inference. The caller closes the graph.
 *
 * <p>With {@link Order#CHAINED}, control edges order the updates wherever one reads or assigns a
 * variable that an earlier one assigns or reads. All other ops may run at the same time.
 */
final class GanGraph {
  /** How the updates are ordered. */
  enum Order {
    /** Control edges in the graph: one session call runs all three. */
    CHAINED,
    /** The caller runs each in a separate call. */
    SEPARATE
  }

  private final GanSettings settings;
  private final Order order;
  private final Sequential generator;
  private final Sequential discriminator;
  private final DiscriminatorOutput discriminatorOutput;
  private final Ops tf;
  private final Variables variables;
  private final Adam discriminatorAdam;
  private final Adam generatorAdam;
  private final Optional<WeightAverage> average;

  /**
   * One update: what to feed, what to run, and what to fetch.
   *
   * @param feed images or noise
   * @param loss a scalar
   * @param output the discriminator's mean output, a scalar; training does not depend on it
   * @param targets the ops that change variables
   */
  record Update(
      Placeholder<TFloat32> feed,
      Operand<TFloat32> loss,
      Operand<TFloat32> output,
      List<Op> targets) {}

  private final Update real;
  private final Update fake;
  private final Update gan;
  private final GeneratorInference inference;
  private final GeneratorInference.ImageGraph inferenceGraph;

  /**
   * Builds everything that training runs.
   *
   * @param networks the two models
   * @param seeds for the initial weights, generator first
   */
  GanGraph(Graph graph, Networks networks, GanSettings settings, IntSupplier seeds, Order order) {
    this.settings = settings;
    this.order = order;
    this.tf = Ops.create(graph);
    this.variables = new Variables(tf);
    this.generator = networks.generator();
    this.discriminator = networks.discriminator();
    this.discriminatorOutput = networks.discriminatorOutput();
    generator.build(tf, variables, seeds);
    discriminator.build(tf, variables, seeds);
    this.discriminatorAdam = new Adam(settings.adam(), tf, variables, discriminator);
    this.generatorAdam = new Adam(settings.adam(), tf, variables, generator);
    this.average =
        settings.averages()
            ? Optional.of(new WeightAverage(settings.ema(), variables, generatorAdam.weights()))
            : Optional.empty();
    this.inference = new GeneratorInference(tf, generator, settings, variables);
    this.real = realUpdate();
    this.fake = fakeUpdate();
    this.gan = ganUpdate();
    this.inferenceGraph = inference.graph();
  }

  private Update realUpdate() {
    Ops scope = tf.withSubScope("real");
    Placeholder<TFloat32> images =
        placeholder(scope, settings.halfBatch(), discriminator.inputShape());
    return discriminatorUpdate(scope, scope, images, images, settings.realLabel());
  }

  private Update fakeUpdate() {
    Ops scope = tf.withSubScope("fake");
    Placeholder<TFloat32> noise = placeholder(scope, settings.halfBatch(), generator.inputShape());
    return discriminatorUpdate(
        scope, after(real, scope), noise, inference.predict(scope, noise), 0);
  }

  /**
   * Adds an update of the discriminator.
   *
   * @param then scope of the ops that read or assign variables of an earlier update
   */
  private Update discriminatorUpdate(
      Ops scope, Ops then, Placeholder<TFloat32> feed, Operand<TFloat32> images, double label) {
    Operand<TInt64> number = discriminatorAdam.nextIteration(then);
    Pass pass =
        Pass.training(scope, settings.form(), movingAverage(scope, number))
            .with(settings.precision())
            .with(layer -> readSeed(then, layer));
    Application judged = discriminator.apply(pass, path -> read(then, path), images);
    BinaryCrossentropy loss = loss(scope, judged, label);
    List<Op> targets =
        new ArrayList<>(
            discriminatorAdam.update(
                then, number, judged.weightGradients(scope, loss.input(), loss.gradient())));
    targets.addAll(stateUpdates(then, judged));
    return new Update(feed, loss.loss(), meanOutput(scope, judged), targets);
  }

  private Update ganUpdate() {
    Ops scope = tf.withSubScope("gan");
    Placeholder<TFloat32> noise = placeholder(scope, settings.batchSize(), generator.inputShape());
    Operand<TInt64> number = generatorAdam.nextIteration(scope);
    Pass pass =
        Pass.training(scope, settings.form(), movingAverage(scope, number))
            .with(settings.precision())
            .with(layer -> readSeed(tf, layer));
    Ops then = after(fake, scope);
    Application generated = generator.apply(pass, path -> read(tf, path), noise);
    Pass frozen =
        Pass.frozen(scope, settings.form())
            .with(settings.precision())
            .with(layer -> readSeed(then, layer));
    Application judged = discriminator.apply(frozen, path -> read(then, path), generated.output());
    BinaryCrossentropy loss = loss(scope, judged, 1);
    Operand<TFloat32> dImages = judged.inputGradient(scope, loss.input(), loss.gradient());
    List<Op> targets =
        new ArrayList<>(
            generatorAdam.update(
                scope, number, generated.weightGradients(scope, generated.output(), dImages)));
    Ops updated = scope.withControlDependencies(List.copyOf(targets));
    average.ifPresent(kept -> targets.addAll(kept.update(updated, number)));
    targets.addAll(stateUpdates(then, generated));
    targets.addAll(stateUpdates(then, judged));
    return new Update(noise, loss.loss(), meanOutput(scope, judged), targets);
  }

  private List<Op> stateUpdates(Ops then, Application applied) {
    List<Op> updates = new ArrayList<>();
    applied
        .stateUpdates()
        .forEach((path, value) -> updates.add(variables.assign(then, path, value)));
    return updates;
  }

  private BinaryCrossentropy loss(Ops scope, Application judged, double label) {
    return discriminatorOutput == DiscriminatorOutput.PROBABILITIES
        ? BinaryCrossentropy.ofProbabilities(scope, judged.output(), label)
        : BinaryCrossentropy.of(scope, judged.logits(), label);
  }

  /** The mean probability that the discriminator gives. */
  private Operand<TFloat32> meanOutput(Ops scope, Application judged) {
    Operand<TFloat32> probability =
        discriminatorOutput == DiscriminatorOutput.LOGITS
            ? scope.math.sigmoid(judged.output())
            : judged.output();
    return scope.math.mean(probability, scope.constant(new int[] {0, 1}));
  }

  /** Each update runs one batch through a model, so the number of batches is that of updates. */
  private MovingAverage movingAverage(Ops scope, Operand<TInt64> number) {
    return settings.statistics() == BatchNormStatistics.EXPONENTIAL
        ? MovingAverage.KERAS
        : MovingAverage.cumulative(scope.dtypes.cast(number, TFloat32.class));
  }

  static Placeholder<TFloat32> placeholder(Ops scope, long batch, Shape sample) {
    return scope.placeholder(TFloat32.class, Placeholder.shape(Shape.of(batch).append(sample)));
  }

  private Operand<TFloat32> read(Ops scope, String path) {
    return variables.getFloat(path).read(scope);
  }

  private Operand<TInt64> readSeed(Ops scope, String layer) {
    return variables.get(VariablePaths.seed(layer), TInt64.class).read(scope);
  }

  /** A scope for ops that run after an update, if the graph orders the updates. */
  private Ops after(Update update, Ops scope) {
    return order == Order.SEPARATE
        ? scope
        : scope.withControlDependencies(
            List.<Op>of(scope.withControlDependencies(update.targets()).noOp()));
  }

  Variables variables() {
    return variables;
  }

  /** The generator's weights by path. */
  Map<String, WeightSpec> generatorWeights() {
    return generator.weights();
  }

  /** The update with a name. */
  Update update(GanUpdate name) {
    return switch (name) {
      case REAL -> real;
      case FAKE -> fake;
      case GENERATOR -> gan;
    };
  }

  GeneratorInference.ImageGraph inferenceGraph() {
    return inferenceGraph;
  }
}

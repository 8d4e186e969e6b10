package org.kerastwin.training;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.MultiplyAdds;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A GAN in training: its graph, a session, and the notebook's training step. It owns native memory,
 * so close it.
 */
public final class GanStep implements AutoCloseable {
  private final Graph graph = NativeRuntime.graph();
  private final GanSettings settings;
  private final GanGraph.Order order;
  private final GanGraph gan;
  private final GraphSession session;
  private long nanosInSession;

  /**
   * Builds the graph, opens the session and gives the weights their initial values.
   *
   * @param networks the two models
   * @param device the device that runs everything
   * @param seeds for the initial weights, generator first, in the order of the layers
   */
  public GanStep(Networks networks, GanSettings settings, Device device, IntSupplier seeds) {
    this(networks, settings, device, seeds, GanGraph.Order.CHAINED);
  }

  /** Trains the notebook's networks. */
  public GanStep(GanSettings settings, Device device, IntSupplier seeds) {
    this(notebook(settings), settings, device, seeds);
  }

  private static Networks notebook(GanSettings settings) {
    return Networks.notebook(settings.variant(), settings.noiseDim());
  }

  /** A GAN whose updates run one at a time, with {@link #update}. */
  public static GanStep apart(GanSettings settings, Device device, IntSupplier seeds) {
    return new GanStep(notebook(settings), settings, device, seeds, GanGraph.Order.SEPARATE);
  }

  private GanStep(
      Networks networks,
      GanSettings settings,
      Device device,
      IntSupplier seeds,
      GanGraph.Order order) {
    this.settings = settings;
    this.order = order;
    try {
      this.gan = new GanGraph(graph, networks, settings, seeds, order);
      this.session =
          GraphSession.prepared(
              graph,
              gan.variables(),
              new SessionOptions(device, settings.form() == Pass.Form.EXACT),
              GraphSession::initialize);
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  /**
   * Updates the discriminator on real images, then on fakes made from noise, then the generator
   * through the discriminator: all in one call to the session.
   *
   * @param batch the step's inputs
   */
  public StepMetrics step(Batch batch) {
    require(GanGraph.Order.CHAINED);
    float[] found = run(List.of(GanUpdate.values()), batch);
    return new StepMetrics(new Losses(found[0], found[2], found[4]), found[1], found[3]);
  }

  /**
   * Runs one update of a step, for a GAN made with {@link #apart}.
   *
   * @param batch the inputs of the whole step
   * @return the update's loss
   */
  public float update(GanUpdate update, Batch batch) {
    require(GanGraph.Order.SEPARATE);
    return run(List.of(update), batch)[0];
  }

  private void require(GanGraph.Order expected) {
    if (order != expected) {
      throw new IllegalStateException("expected updates " + expected + ", received " + order);
    }
  }

  /** The loss and the discriminator's mean output of each update. */
  private float[] run(List<GanUpdate> updates, Batch batch) {
    GraphRun run = session.run();
    for (GanUpdate name : updates) {
      GanGraph.Update update = gan.update(name);
      run.feed(update.feed(), batch.of(name)).fetch(update.loss()).fetch(update.output());
      update.targets().forEach(run::addTarget);
    }
    long begun = System.nanoTime();
    try (Result result = run.run()) {
      nanosInSession += System.nanoTime() - begun;
      float[] found = new float[result.size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = ((TFloat32) result.get(i)).getFloat();
      }
      return found;
    }
  }

  /**
   * Images of the generator in inference mode.
   *
   * @param noise {@code [n, noiseDim]}
   * @return float32 {@code [n, height, width, channels]}
   */
  public NdArray generate(NdArray noise) {
    GeneratorInference.ImageGraph inference = gan.inferenceGraph();
    try (Result result =
        session.run().feed(inference.noise(), noise).fetch(inference.images()).run()) {
      return Tensors.toNdArray(result.get(0));
    }
  }

  /** The time that the session has spent on updates so far, in nanoseconds. */
  public long nanosInSession() {
    return nanosInSession;
  }

  /** The multiply-adds in the convolutions and matrix products of a step. */
  public long multiplyAdds() {
    Set<Op> targets = new LinkedHashSet<>();
    for (GanUpdate update : GanUpdate.values()) {
      targets.addAll(gan.update(update).targets());
    }
    return MultiplyAdds.of(graph, targets);
  }

  /** Copies of all variables that training changes: both models and both optimizers. */
  public WeightMap state() {
    return session.weights();
  }

  /**
   * Copies of the weights that {@link #generate} uses: averages where the settings ask for them.
   */
  public WeightMap generatorWeights() {
    return settings.averages()
        ? WeightAverage.averaged(session.weights(), Dcgan.GENERATOR)
        : trainedGeneratorWeights();
  }

  /** Copies of the generator's weights as the last update left them. */
  public WeightMap trainedGeneratorWeights() {
    return session.weights(gan.generatorWeights().keySet());
  }

  /** The types and shapes of {@link #state()}. */
  public WeightTypes stateTypes() {
    return gan.variables().types();
  }

  /** Sets variables by path, as returned by {@link #state()}. */
  public void restore(WeightMap state) {
    session.restore(state);
  }

  /** The settings that it was built with. */
  public GanSettings settings() {
    return settings;
  }

  /** The number of ops in the graph; steps do not change it. */
  int operations() {
    int count = 0;
    for (var ops = graph.operations(); ops.hasNext(); ops.next()) {
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

package org.kerastwin.training;

import java.util.function.IntSupplier;
import org.kerastwin.graph.Device;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.SessionOptions;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * A GAN in training: its graph, an explicit session, and the step of the completed notebook's loop.
 * It owns both natively; close it.
 */
public final class GanStep implements AutoCloseable {
  private final Graph graph = new Graph();
  private final GanSettings settings;
  private final GanGraph gan;
  private final GraphSession session;

  /**
   * Builds the graph, opens the session and gives the weights their initial values.
   *
   * @param device where all of it runs
   * @param seeds for the initial weights, generator first, in the order of the layers
   */
  public GanStep(GanSettings settings, Device device, IntSupplier seeds) {
    this.settings = settings;
    try {
      this.gan = new GanGraph(graph, device, settings, seeds);
      this.session =
          GraphSession.prepared(
              graph, gan.variables(), new SessionOptions(device), GraphSession::initialize);
    } catch (RuntimeException | Error failure) {
      graph.close();
      throw failure;
    }
  }

  /**
   * Updates the discriminator on real images, then on fakes made from noise, then the generator
   * through the discriminator.
   *
   * @param batch the step's inputs
   */
  public Losses run(Batch batch) {
    float real = update(gan.real(), batch.images());
    float fake = update(gan.fake(), batch.fakeNoise());
    float generator = update(gan.gan(), batch.noise());
    return new Losses(real, fake, generator);
  }

  private float update(GanGraph.Update update, float[] values) {
    Session.Runner runner = session.runner();
    update.targets().forEach(runner::addTarget);
    try (TFloat32 fed = Tensors.of(values, update.feed().shape());
        Result result = runner.feed(update.feed(), fed).fetch(update.loss()).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /**
   * Images of the generator in inference mode.
   *
   * @param noise {@code [n, noiseDim]}
   * @return float32 {@code [n, 28, 28, 1]} in [-1, 1]
   */
  public NdArray generate(NdArray noise) {
    GanGraph.Inference inference = gan.inferenceGraph();
    try (Tensor fed = Tensors.of(noise);
        Result result =
            session.runner().feed(inference.noise(), fed).fetch(inference.images()).run()) {
      return Tensors.toNdArray(result.get(0));
    }
  }

  /** Copies of everything that training changes: both models, both optimizers. */
  public WeightMap state() {
    return session.weights();
  }

  /** Copies of the generator's weights. */
  public WeightMap generatorWeights() {
    return session.weights(gan.generatorWeights().keySet());
  }

  /** Zeros of the types and shapes of {@link #state()}. */
  public WeightMap stateTemplate() {
    return GraphSession.template(gan.variables());
  }

  /** Sets what {@link #state()} gave. */
  public void restore(WeightMap state) {
    session.restore(state);
  }

  /** The settings that it was built with. */
  public GanSettings settings() {
    return settings;
  }

  /** The number of ops in the graph, which no step changes. */
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

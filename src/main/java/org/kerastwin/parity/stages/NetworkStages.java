package org.kerastwin.parity.stages;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.layers.Weights;
import org.kerastwin.model.Application;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.training.GanSettings;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The stages computed in one graph of a network: each layer alone, the chain in inference and in
 * training mode, the gradients and the moving statistics.
 */
final class NetworkStages {
  private final NetworkUnderTest subject;
  private final Ops tf;
  private final Variables variables;
  private final FeedsAndFetches probe = new FeedsAndFetches();
  private final FeedsAndFetches fromZero = new FeedsAndFetches();

  private NetworkStages(NetworkUnderTest subject, Graph graph) {
    this.subject = subject;
    this.tf = Ops.create(graph);
    this.variables = new Variables(tf);
    // The seeds do not matter, since the weights are restored.
    subject.network().build(tf, variables, () -> 1);
  }

  /** Computes the tensors of all these stages. */
  static Map<TensorKey, NdArray> compute(NetworkUnderTest subject) {
    try (Graph graph = NativeRuntime.graph()) {
      return new NetworkStages(subject, graph).compute(graph);
    }
  }

  private Map<TensorKey, NdArray> compute(Graph graph) {
    subject.network().nodes().forEach(this::addLayerAlone);
    addChains();
    try (GraphSession session = new GraphSession(graph, variables, subject.ours().session())) {
      session.restore(subject.weights());
      Map<TensorKey, NdArray> found = new LinkedHashMap<>(probe.run(session));
      if (fromZero.isEmpty()) {
        return found;
      }
      session.restore(zeroedStatistics());
      found.putAll(fromZero.run(session));
      return found;
    }
  }

  private void addLayerAlone(LayerNode node) {
    Placeholder<TFloat32> x =
        probe.feed(
            tf,
            subject
                .draws()
                .noise("layer/" + node.name() + "/input", subject.meta().batchOf(node.input())));
    Precision precision = subject.network().precision(node, subject.ours().gan().precision());
    Weights weights = name -> read(subject.network().name() + "/" + node.name() + "/" + name);
    probe.fetch(
        Stage.LAYER,
        node.name(),
        node.layer().apply(inference("alone").with(precision), weights, x).output());
    if (statistics(node).findAny().isPresent()) {
      Pass training = training("alone").with(precision).of(node.trainable());
      probe.fetch(
          Stage.LAYER,
          node.name() + ".training",
          node.layer().apply(training, weights, x).output());
    }
  }

  private void addChains() {
    Sequential network = subject.network();
    NdArray input = subject.input();
    Placeholder<TFloat32> x = probe.feed(tf, input);
    fetchOutputs(Stage.INFERENCE, network.apply(inference("inference"), this::read, x));
    // Random layers draw other numbers in Keras, so references have no such tensors of them.
    if (network.nodes().stream().noneMatch(node -> node.layer().isRandom())) {
      addTraining(network, input, x);
    }
  }

  private void addTraining(Sequential network, NdArray input, Placeholder<TFloat32> x) {
    Application trained = network.apply(training("training"), this::read, x);
    fetchOutputs(Stage.TRAINING, trained);
    gradients(trained).forEach((path, gradient) -> probe.fetch(Stage.GRADIENT, path, gradient));
    Application zero = network.apply(training("zero"), this::read, fromZero.feed(tf, input));
    for (String path : statistics()) {
      probe.fetch(Stage.MOVING, path, after(trained, path));
      fromZero.fetch(Stage.MOVING, path + ".from_zero", after(zero, path));
    }
  }

  /** The value of a moving statistic after a training step, which frozen layers do not change. */
  private Operand<? extends TNumber> after(Application trained, String path) {
    Operand<? extends TNumber> updated = trained.stateUpdates().get(path);
    return updated == null ? read(path) : updated;
  }

  /** The weights that no optimizer changes, even if their layer is trained. */
  private Set<String> statistics() {
    return subject.network().nodes().stream()
        .flatMap(this::statistics)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Stream<String> statistics(LayerNode node) {
    return node.layer().weights(node.input()).stream()
        .filter(weight -> !weight.trainable())
        .map(weight -> subject.network().path(node, weight.name()));
  }

  private void fetchOutputs(Stage stage, Application application) {
    application
        .outputs()
        .forEach((path, output) -> probe.fetch(stage, VariablePaths.name(path), output));
  }

  /**
   * Gradients of the loss for the discriminator; for other networks, from a random output gradient.
   */
  private Map<String, Operand<TFloat32>> gradients(Application trained) {
    if (subject.meta().isDiscriminator()) {
      Operand<TFloat32> dLogits =
          subject
              .ours()
              .loss()
              .of(tf, trained.logits(), subject.ours().gan().realLabel())
              .gradient();
      return trained.weightGradients(tf, trained.logits(), dLogits);
    }
    NdArray drawn =
        subject
            .draws()
            .noise("gradient/output", subject.meta().batchOf(subject.network().outputShape()));
    return trained.weightGradients(tf, trained.output(), probe.feed(tf, drawn));
  }

  private WeightMap zeroedStatistics() {
    Map<String, NdArray> zeroed = new LinkedHashMap<>(subject.weights().tensors());
    for (String path : statistics()) {
      NdArray value = zeroed.get(path);
      zeroed.put(path, NdArray.ofFloats(new float[value.size()], value.shape()));
    }
    return new WeightMap(zeroed);
  }

  private Pass inference(String scope) {
    GanSettings gan = subject.ours().gan();
    return Pass.inference(tf, gan.form()).with(gan.precision()).in(scope);
  }

  private Pass training(String scope) {
    GanSettings gan = subject.ours().gan();
    return Pass.training(tf, gan.form(), MovingAverage.KERAS).with(gan.precision()).in(scope);
  }

  private Operand<TFloat32> read(String path) {
    return variables.getFloat(path).read(tf);
  }
}

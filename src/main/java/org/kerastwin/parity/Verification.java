package org.kerastwin.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.SampledElements;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.TensorShapes;
import org.kerastwin.parity.stages.AdamStage;
import org.kerastwin.parity.stages.GridStage;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.parity.stages.KerasFilesStage;
import org.kerastwin.parity.stages.LossStage;
import org.kerastwin.parity.stages.NetworkStages;
import org.kerastwin.parity.stages.NetworkUnderTest;
import org.kerastwin.parity.stages.ResumeStage;
import org.kerastwin.parity.stages.SavedModelStage;
import org.kerastwin.parity.stages.SeededWeights;
import org.kerastwin.parity.stages.TrainingDefaults;
import org.kerastwin.parity.stages.TrainingLoopStages;
import org.kerastwin.parity.stages.TrajectoryStage;
import org.kerastwin.runtime.Device;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/** Compares our graphs, or a model, with a reference, stage by stage. */
public final class Verification {
  private final Reference reference;
  private final Implementation implementation;
  private final Optional<WeightMap> model;
  private final TrainingDefaults defaults;

  /**
   * Prepares a verification.
   *
   * @param implementation ours
   * @param model the weights of the model under test; empty if they follow from the seed
   * @param defaults the settings of a training for which the user chooses nothing
   */
  Verification(
      Reference reference,
      Implementation implementation,
      Optional<WeightMap> model,
      TrainingDefaults defaults) {
    this.reference = reference;
    this.implementation = implementation;
    this.model = model;
    this.defaults = defaults;
  }

  /**
   * Compares the networks that the program trains and exports with a reference.
   *
   * @param device the device to compute on
   * @param form exact, or fast and equal up to rounding
   * @param defaults the settings of a training for which the user chooses nothing
   * @throws EnvironmentException if the reference has missing or extra tensors, or needs a model
   */
  public static Report of(
      Reference reference, Device device, Pass.Form form, TrainingDefaults defaults) {
    Implementation implementation = Implementation.of(reference.meta(), device, form);
    return new Verification(reference, implementation, Optional.empty(), defaults).run();
  }

  /**
   * Compares a model with a reference.
   *
   * @param network a generator variant, or "discriminator"
   * @param weights of the model by path, with the noise dimension of the reference
   * @param device the device to compute on
   * @param form exact, or fast and equal up to rounding
   * @throws EnvironmentException if the reference is of another network, or has missing or extra
   *     tensors
   */
  public static Report of(
      Reference reference, String network, WeightMap weights, Device device, Pass.Form form) {
    // Paths and shapes of the weights do not tell the variants apart: two have the same.
    if (!reference.meta().variant().equals(network)) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the network of the model, " + network)
              .received(reference.meta().variant())
              .advice("Use a reference of the same variant."));
    }
    Implementation implementation = Implementation.of(reference.meta(), device, form);
    return new Verification(
            reference, implementation, Optional.of(weights), TrainingDefaults.NOTEBOOK)
        .run();
  }

  /**
   * Compares any Sequential model with a reference of it.
   *
   * @throws EnvironmentException if the reference is of another network, or has missing or extra
   *     tensors
   */
  public static Report of(
      Reference reference, ModelUnderTest model, Device device, Pass.Form form) {
    if (!reference.meta().isModel()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("one of a model from a file")
              .received(reference.meta().variant()));
    }
    Implementation implementation =
        Implementation.of(reference.meta(), model.network(), device, form);
    return new Verification(
            reference, implementation, Optional.of(model.weights()), TrainingDefaults.NOTEBOOK)
        .run();
  }

  /** Computes every stage and compares it. */
  Report run() {
    requireSizes();
    Map<TensorKey, NdArray> ours;
    List<TensorComparison> withoutReference = new ArrayList<>();
    try {
      ours = compute(withoutReference);
    } catch (IOException e) {
      throw IoFailure.of("folder", System.getProperty("java.io.tmpdir"), "one to write to", e);
    }
    if (reference.meta().isModel()) {
      // Keras computes no training stages of a model with random layers.
      ours.keySet().retainAll(reference.tensors().keySet());
    }
    requireAlike(ours);
    List<TensorComparison> comparisons = new ArrayList<>();
    Set<String> leftOut = new LinkedHashSet<>();
    reference
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (ours.containsKey(key)) {
                SampledElements sampling = SampledElements.of(key, reference.meta().samples());
                float[] values = sampling.of(ours.get(key).floats());
                TensorComparison comparison =
                    TensorComparison.of(reference.meta().variant(), key, values, tensor)
                        .requireFinite(ours.get(key));
                comparisons.add(isOnGpu(key) ? comparison.onGpu() : comparison);
              } else {
                leftOut.add(whyLeftOut(key).orElseThrow());
              }
            });
    comparisons.addAll(withoutReference);
    return new Report(List.of(reference.describe()), comparisons, List.copyOf(leftOut));
  }

  /** SavedModels always run on the CPU. */
  private boolean isOnGpu(TensorKey key) {
    return !implementation.device().isCpu()
        && key.stage() != Stage.SAVEDMODEL
        && key.stage() != Stage.GRID;
  }

  /** Computes our tensors, and adds the comparisons that need no reference. */
  private Map<TensorKey, NdArray> compute(List<TensorComparison> comparisons) throws IOException {
    Reference.Meta meta = reference.meta();
    NamedRandom draws = new NamedRandom(meta.seed());
    Map<TensorKey, NdArray> ours = new LinkedHashMap<>();
    if (model.isEmpty()) {
      requireSeeded();
      WeightMap initial =
          SeededWeights.initial(implementation.network(), meta.seed(), implementation.device());
      put(ours, Stage.INITIAL, initial);
      addWeightStages(ours, SeededWeights.moved(initial, draws));
      if (meta.generator().map(variant -> variant.isTrainable()).orElse(false)) {
        ours.putAll(TrajectoryStage.compute(implementation, draws));
        ours.putAll(TrainingLoopStages.compute(implementation, defaults, meta.seed()));
        ResumeStage.Result runs =
            new ResumeStage(meta.variant(), implementation, meta.seed()).compute();
        ours.putAll(runs.loop());
        comparisons.addAll(runs.resumed());
      }
      ours.putAll(KerasFilesStage.compute(reference));
    } else {
      addWeightStages(ours, model.get());
    }
    ours.putAll(LossStage.compute(implementation));
    ours.putAll(AdamStage.compute(implementation, draws));
    return ours;
  }

  private void addWeightStages(Map<TensorKey, NdArray> ours, WeightMap weights) throws IOException {
    NetworkUnderTest subject = new NetworkUnderTest(reference.meta(), implementation, weights);
    put(ours, Stage.WEIGHTS, weights);
    ours.putAll(NetworkStages.compute(subject));
    NdArray output =
        SavedModelStage.reload(
            ModelGraph.of(implementation.network(), "input", TensorKey.OUTPUT),
            weights,
            subject.input());
    ours.put(new TensorKey(Stage.SAVEDMODEL, TensorKey.OUTPUT), output);
    if (reference.meta().generator().isPresent()) {
      ours.put(new TensorKey(Stage.GRID, GridStage.PIXELS), GridStage.pixels(output));
    }
  }

  private static void put(Map<TensorKey, NdArray> ours, Stage stage, WeightMap weights) {
    weights.tensors().forEach((path, value) -> ours.put(new TensorKey(stage, path), value));
  }

  private void requireSeeded() {
    if (!reference.meta().isSeeded()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("weights that follow from a seed")
              .received("those of a model")
              .remedy(Remedy.NAME_THE_MODEL));
    }
  }

  /**
   * Checks the shapes of weights and outputs before anything is computed, so that a damaged
   * reference cannot ask for more memory than there is.
   */
  private void requireSizes() {
    Map<TensorKey, List<Integer>> sizes = new LinkedHashMap<>();
    implementation
        .network()
        .weights()
        .forEach((path, weight) -> sizes.put(new TensorKey(Stage.WEIGHTS, path), weight.shape()));
    for (Sequential.Node node : implementation.network().nodes()) {
      sizes.put(
          new TensorKey(Stage.INFERENCE, node.name()),
          Tensors.dimensions(Shape.of(reference.meta().batch()).append(node.output())));
    }
    Set<Stage> stages = Set.of(Stage.WEIGHTS, Stage.INFERENCE);
    TensorShapes.require(reference, sizes, key -> stages.contains(key.stage()));
  }

  private void requireAlike(Map<TensorKey, NdArray> ours) {
    Map<TensorKey, List<Integer>> shapes = new LinkedHashMap<>();
    ours.forEach((key, value) -> shapes.put(key, value.shape()));
    TensorShapes.require(reference, shapes, key -> whyLeftOut(key).isEmpty());
  }

  /** Why we legitimately lack a tensor; empty if we must have it. */
  private Optional<String> whyLeftOut(TensorKey key) {
    String network = reference.meta().variant();
    return switch (key.stage()) {
      case INITIAL, TRAJECTORY, SETTINGS, DATA, DRAWS, LOOP, FILES ->
          model.map(
              weights ->
                  "%s, %s: these are the weights of a model, not of a seed"
                      .formatted(network, key.stage().title()));
      case INFERENCE, TRAINING ->
          implementation.network().isFused(implementation.gan().form(), key.name())
              ? Optional.of(
                  "%s, %s: the faster graph has it within the layer behind it"
                      .formatted(network, key))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}

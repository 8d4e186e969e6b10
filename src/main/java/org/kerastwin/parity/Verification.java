package org.kerastwin.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.LayerNode;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.TensorShapes;
import org.kerastwin.parity.stages.ComputedTensors;
import org.kerastwin.parity.stages.GridStage;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/**
 * Compares our graphs, or a model, with a reference, stage by stage.
 *
 * @param reference the results of Keras
 * @param implementation our implementation
 * @param model the weights of the model under test; empty if they follow from the seed
 * @param program the settings that the program derives from its options
 */
public record Verification(
    Reference reference,
    Implementation implementation,
    Optional<WeightMap> model,
    ProgramSettings program) {
  /**
   * Prepares to compare the networks that the program trains and exports with a reference.
   *
   * @param device the device to compute on
   * @param form exact, or fast and equal up to rounding
   * @param program the settings that the program derives from its options
   */
  public static Verification of(
      Reference reference, Device device, Pass.Form form, ProgramSettings program) {
    Implementation implementation = Implementation.of(reference.meta(), device, form);
    return new Verification(reference, implementation, Optional.empty(), program);
  }

  /**
   * Prepares to compare a model of the notebook with a reference.
   *
   * @param network a generator variant, or "discriminator"
   * @param weights of the model by path, with the noise dimension of the reference
   * @param device the device to compute on
   * @param form exact, or fast and equal up to rounding
   * @throws EnvironmentException if the reference is of another network
   */
  public static Verification of(
      Reference reference, String network, WeightMap weights, Device device, Pass.Form form) {
    // The weights do not identify the variant: two variants have the same paths and shapes.
    if (!reference.meta().variant().equals(network)) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the network of the model, " + network)
              .received(reference.meta().variant())
              .advice("Use a reference of the same variant."));
    }
    Implementation implementation = Implementation.of(reference.meta(), device, form);
    return new Verification(
        reference, implementation, Optional.of(weights), ProgramSettings.NOTEBOOK);
  }

  /**
   * Prepares to compare any Sequential model with a reference of it.
   *
   * @throws EnvironmentException if the reference is of another network
   */
  public static Verification of(
      Reference reference, ModelUnderTest model, Device device, Pass.Form form) {
    if (!reference.meta().isModel()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("a reference of a model from a file")
              .received(reference.meta().variant()));
    }
    Implementation implementation =
        Implementation.of(reference.meta(), model.network(), device, form);
    return new Verification(
        reference, implementation, Optional.of(model.weights()), ProgramSettings.NOTEBOOK);
  }

  /**
   * Computes every stage and compares it.
   *
   * @throws EnvironmentException if the reference has missing or extra tensors, or needs a model
   */
  public Report run() {
    List<TensorComparison> misshapen = misshapenNetwork();
    return misshapen.isEmpty() ? compared() : report(misshapen, List.of());
  }

  private Report compared() {
    ComputedTensors.Result computed = compute();
    Map<TensorKey, NdArray> ours = computed.tensors();
    List<TensorComparison> comparisons = new ArrayList<>();
    computed.comparisons().stream()
        .filter(comparison -> comparison.failure().isPresent())
        .forEach(comparisons::add);
    comparisons.addAll(misshapen(ours, computed.failed()));
    Set<TensorKey> misshapen =
        comparisons.stream().map(TensorComparison::key).collect(Collectors.toSet());
    Set<String> leftOut = new LinkedHashSet<>();
    reference
        .tensors()
        .forEach(
            (key, expected) -> {
              if (misshapen.contains(key)) {
                return;
              }
              if (ours.containsKey(key)) {
                comparisons.add(compared(key, ours.get(key)));
              } else if (!computed.failed().contains(key.stage())) {
                leftOut.add(whyLeftOut(key).orElseThrow());
              }
            });
    // A file read wrongly is also written wrongly, so comparisons with Keras come first.
    computed.comparisons().stream()
        .filter(comparison -> comparison.failure().isEmpty())
        .forEach(comparisons::add);
    return report(comparisons, List.copyOf(leftOut));
  }

  private Report report(List<TensorComparison> comparisons, List<String> leftOut) {
    return new Report(List.of(reference.describe()), comparisons, leftOut);
  }

  private TensorComparison compared(TensorKey key, NdArray ours) {
    // SavedModels always run on the CPU.
    Device device = key.stage() == Stage.SAVEDMODEL ? Device.CPU : implementation.device();
    return implementation.onDevice(reference.compare(key, ours), device);
  }

  private ComputedTensors.Result compute() {
    try {
      return model.isPresent()
          ? ComputedTensors.ofModel(reference, implementation, model.get())
          : ComputedTensors.ofSeed(reference, implementation, program);
    } catch (IOException e) {
      throw TemporaryFolder.unwritable(e);
    }
  }

  /**
   * Checks the shapes of weights and outputs before anything is computed, so that a damaged
   * reference cannot ask for more memory than there is.
   */
  private List<TensorComparison> misshapenNetwork() {
    Map<TensorKey, List<Integer>> sizes = new LinkedHashMap<>();
    implementation
        .network()
        .weights()
        .forEach((path, weight) -> sizes.put(new TensorKey(Stage.WEIGHTS, path), weight.shape()));
    for (LayerNode node : implementation.network().nodes()) {
      sizes.put(
          new TensorKey(Stage.INFERENCE, node.name()), reference.meta().batchOf(node.output()));
    }
    Set<Stage> stages = Set.of(Stage.WEIGHTS, Stage.INFERENCE);
    return new TensorShapes(
            reference, sizes, key -> stages.contains(key.stage()) && whyLeftOut(key).isEmpty())
        .differences();
  }

  private List<TensorComparison> misshapen(Map<TensorKey, NdArray> ours, Set<Stage> failed) {
    Map<TensorKey, List<Integer>> shapes = new LinkedHashMap<>();
    ours.forEach((key, value) -> shapes.put(key, value.shape()));
    return new TensorShapes(
            reference, shapes, key -> !failed.contains(key.stage()) && whyLeftOut(key).isEmpty())
        .differences();
  }

  private Optional<String> notOfSeed(TensorKey key) {
    return model.map(
        weights ->
            "%s, %s: these are the weights of a model, not of a seed"
                .formatted(reference.meta().variant(), key.stage().title()));
  }

  /** Why a tensor is not computed; empty if it must be. */
  private Optional<String> whyLeftOut(TensorKey key) {
    String network = reference.meta().variant();
    return switch (key.stage()) {
      case INITIAL, EVERY_LAYER, TRAJECTORY, SETTINGS, DATA, DRAWS, LOOP, FILES -> notOfSeed(key);
      case GRID -> key.equals(GridStage.PIXELS) ? Optional.empty() : notOfSeed(key);
      case INFERENCE, TRAINING ->
          implementation.network().isFused(implementation.gan().form(), key.name())
              ? Optional.of(
                  "%s, %s: the fast form fuses it with the next layer".formatted(network, key))
              : Optional.empty();
      case WEIGHTS, LAYER, LOSS, GRADIENT, MOVING, ADAM, RESUME, STATE, SAVEDMODEL ->
          Optional.empty();
    };
  }
}

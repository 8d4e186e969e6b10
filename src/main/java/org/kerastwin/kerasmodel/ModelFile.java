package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.KerasFile.Description;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.KerasConfig.DescribedModel;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.WeightMap;

/**
 * A model with its weights and, if the file has it, its optimizer: the content of a model file in
 * any format.
 *
 * @param model the layers; named {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}
 * @param weights its weights, by our paths
 * @param optimizer Adam's settings and variables, if they are known
 * @param hasOtherOptimizer whether the file has an unsupported optimizer, such as an Adam that
 *     trains only some layers
 * @param unsupportedInTraining arguments with which a layer can only infer, such as "dense (Dense)
 *     kernel_regularizer"
 * @param trainingArguments by layer, Keras's description of initializers, regularizers, constraints
 *     and dtype policies
 */
public record ModelFile(
    Sequential model,
    WeightMap weights,
    Optional<AdamState> optimizer,
    boolean hasOtherOptimizer,
    List<String> unsupportedInTraining,
    Map<String, Map<String, JsonNode>> trainingArguments) {
  private static final String DENSE_KERNEL = Dcgan.GENERATOR + "/dense/kernel";

  /** A model without an unsupported optimizer. */
  public ModelFile(Sequential model, WeightMap weights, Optional<AdamState> optimizer) {
    this(model, weights, optimizer, false, List.of(), Map.of());
  }

  /** The same model with no layer frozen. */
  public ModelFile thawed() {
    return new ModelFile(
        model.thawed(),
        weights,
        optimizer,
        hasOtherOptimizer,
        unsupportedInTraining,
        trainingArguments);
  }

  /** Whether the model is a discriminator. */
  public boolean isDiscriminator() {
    return model.name().equals(Dcgan.DISCRIMINATOR);
  }

  /**
   * Reads one of Keras's files.
   *
   * @param variant the user's choice; needed if the file of a generator does not name it
   * @throws EnvironmentException if the file is damaged or holds another model
   * @throws UsageException if the variant is needed and missing
   */
  public static ModelFile read(Path path, Optional<Variant> variant) {
    KerasFile file = KerasFile.read(path);
    DescribedModel described =
        file.description()
            .model()
            .map(json -> GanNetwork.read(json, path))
            .orElseGet(() -> undescribed(file, path, variant));
    ModelVariables variables = described.variables();
    Optional<AdamSettings> settings = OptimizerConfig.adam(file.description(), path);
    ModelVariables trained = trained(file, variables, settings);
    Optional<WeightMap> slots = file.slots(trained);
    boolean frozen = !described.model().frozen().isEmpty();
    // Variants of Adam have the same slots, so the description must name Adam.
    Optional<AdamState> optimizer =
        slots
            .filter(
                state ->
                    settings.isPresent()
                        || (file.description().model().isEmpty()
                            && trained.slotTypes().areOf(state)))
            // If layers were thawed after the model was compiled, Adam trains only the others.
            .filter(
                state ->
                    frozen
                        ? AdamState.isWhole(trained, settings, state)
                        : !AdamState.isPartial(trained, settings, state))
            .map(state -> AdamState.of(trained, settings, state, path));
    return new ModelFile(
        described.model(),
        file.weights(variables),
        optimizer,
        slots.isPresent() && optimizer.isEmpty(),
        described.unsupportedInTraining(),
        described.trainingArguments());
  }

  /**
   * The variables that the optimizer of a file trains: an Adam has no slots for layers that were
   * frozen when the model was compiled, but all slots if they were frozen later.
   */
  private static ModelVariables trained(
      KerasFile file, ModelVariables variables, Optional<AdamSettings> settings) {
    boolean whole =
        file.slots(variables)
            .filter(slots -> AdamState.isWhole(variables, settings, slots))
            .isPresent();
    return whole ? variables : variables.thawed();
  }

  private static DescribedModel undescribed(KerasFile file, Path path, Optional<Variant> variant) {
    Sequential model = new UndescribedNetwork(file, path).guess(variant);
    return new DescribedModel(model, KerasConfig.variables(model), List.of(), List.of(), Map.of());
  }

  /** The error for a file that holds only weights, when the user named no variant. */
  public static UsageException needsVariant(Path path) {
    return new UsageException(
        Problem.with("model", path)
            .expected("a file with an architecture, or a variant")
            .received("neither")
            .remedy(Remedy.NAME_THE_VARIANT));
  }

  /** Replaces a file, in the format of its ending. */
  public void write(Path path) {
    ModelVariables layers = KerasConfig.variables(model);
    Optional<AdamSettings> settings = optimizer.flatMap(AdamState::settings);
    boolean trainsFrozen =
        optimizer.filter(adam -> !AdamState.isWhole(layers, settings, adam.slots())).isPresent();
    ModelVariables variables = trainsFrozen ? layers.thawed() : layers;
    Format format = Format.of(path).orElseThrow();
    Optional<WeightMap> slots =
        optimizer.map(AdamState::slots).filter(state -> writesOptimizer(path));
    Description description = KerasDescription.of(format, model, settings, trainingArguments);
    KerasFile.write(path, variables, description, weights, slots);
  }

  /** Whether a file of that name would hold the optimizer. */
  public boolean writesOptimizer(Path path) {
    String rate = KerasConfig.variables(model).learningRate();
    // Without the settings, the description would name Keras's defaults instead of the real ones.
    return Format.of(path).orElseThrow() == Format.WEIGHTS
        ? optimizer.filter(adam -> adam.slots().paths().contains(rate)).isPresent()
        : optimizer.flatMap(AdamState::settings).isPresent();
  }

  /** The variant of a generator, folded or not, if it is one of the notebook's. */
  public Optional<Variant> variant() {
    return isDiscriminator()
        ? Optional.empty()
        : Arrays.stream(Variant.values()).filter(this::isOf).findFirst();
  }

  private boolean isOf(Variant variant) {
    Sequential trained = Dcgan.generator(variant, noiseDim());
    return model.hasLayersOf(trained) || model.hasLayersOf(FoldedModel.of(trained));
  }

  /** The size of a generator's noise. */
  public int noiseDim() {
    return Math.toIntExact(model.inputShape().get(0));
  }

  /**
   * The size of the noise of a generator with these weights.
   *
   * @param where the file, for messages
   * @throws EnvironmentException if they are not weights of a generator
   */
  public static int noiseDim(WeightMap weights, Path where) {
    NdArray kernel = weights.tensors().get(DENSE_KERNEL);
    if (kernel == null || kernel.shape().size() != 2 || kernel.shape().get(0) < 1) {
      throw new EnvironmentException(
          Problem.with("model", where)
              .expected("a generator with the matrix '" + DENSE_KERNEL + "'")
              .received(kernel == null ? "none" : kernel));
    }
    return kernel.shape().get(0);
  }
}

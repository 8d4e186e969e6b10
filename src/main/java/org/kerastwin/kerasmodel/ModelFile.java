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
import org.kerastwin.kerasmodel.KerasConfig.Described;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/**
 * A model with its weights and, if the file has it, its optimizer: the content of a model file in
 * any format.
 *
 * @param model the layers; named {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}
 * @param weights its weights, by our paths
 * @param optimizer Adam's settings and variables, if they are known
 * @param hasOtherOptimizer whether the file has an unsupported optimizer, such as an Adam that
 *     trains only some layers
 * @param inTraining unsupported arguments that matter only in training, such as "dense (Dense)
 *     kernel_regularizer"
 * @param kept by layer, Keras's description of initializers, regularizers, constraints and dtype
 *     policies
 */
public record ModelFile(
    Sequential model,
    WeightMap weights,
    Optional<AdamState> optimizer,
    boolean hasOtherOptimizer,
    List<String> inTraining,
    Map<String, Map<String, JsonNode>> kept) {
  private static final String DENSE_KERNEL = Dcgan.GENERATOR + "/dense/kernel";

  /** A model without an unsupported optimizer. */
  public ModelFile(Sequential model, WeightMap weights, Optional<AdamState> optimizer) {
    this(model, weights, optimizer, false, List.of(), Map.of());
  }

  /** The same with all layers trained. */
  public ModelFile thawed() {
    return new ModelFile(model.thawed(), weights, optimizer, hasOtherOptimizer, inTraining, kept);
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
    Described described =
        file.description()
            .model()
            .map(json -> described(json, path))
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
            // An Adam from before the owner thawed layers trains only the others.
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
        described.inTraining(),
        described.kept());
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

  /** A model that takes images is a discriminator; others are generators. */
  private static Described described(String json, Path path) {
    Described generator = KerasConfig.read(json, Dcgan.GENERATOR, path);
    Shape input = generator.model().inputShape();
    Shape output = generator.model().outputShape();
    if (NoiseImages.areNoise(input) && Networks.areImages(output)) {
      return generator.with(NoiseImages.generator(generator.model()));
    }
    if (input.numDimensions() == 3) {
      return KerasConfig.read(json, Dcgan.DISCRIMINATOR, path);
    }
    if (input.numDimensions() == 1 && Networks.areImages(output)) {
      return generator;
    }
    return grayImages(generator, json, path)
        .orElseThrow(() -> noNetwork(generator.model(), json, path));
  }

  private static Optional<Described> grayImages(Described generator, String json, Path path) {
    if (generator.model().outputShape().size() == 1) {
      if (KerasConfig.nestsModels(json, path)) {
        return Optional.empty();
      }
      Described discriminator = KerasConfig.read(json, Dcgan.DISCRIMINATOR, path);
      return GrayImages.discriminator(discriminator.model()).map(discriminator::with);
    }
    return generator.model().inputShape().numDimensions() == 1
        ? GrayImages.generator(generator.model()).map(generator::with)
        : Optional.empty();
  }

  private static EnvironmentException noNetwork(Sequential model, String json, Path path) {
    if (model.outputShape().numDimensions() == 1 && KerasConfig.nestsModels(json, path)) {
      return new EnvironmentException(
          Problem.with("model", path)
              .expected("one network")
              .received(
                  "a model from noise to %s, such as a GAN's stack of models"
                      .formatted(model.outputShape()))
              .advice(
                  "Save each model to its own file. tools/train.py --save-models does so and keeps"
                      + " the generator's optimizer."));
    }
    return new EnvironmentException(
        Problem.with("model", path)
            .expected("a generator from noise to images of 1 or 3 channels")
            .received("a model from %s to %s".formatted(model.inputShape(), model.outputShape())));
  }

  private static Described undescribed(KerasFile file, Path path, Optional<Variant> variant) {
    Sequential model = guessed(file, path, variant);
    return new Described(model, KerasConfig.variables(model), List.of(), List.of(), Map.of());
  }

  private static Sequential guessed(KerasFile file, Path path, Optional<Variant> variant) {
    // Of our models only the discriminator starts with images of one channel.
    Sequential discriminator = Dcgan.discriminator();
    Optional<List<Integer>> first = file.shape("conv2d", 0);
    if (first.equals(Optional.of(List.of(5, 5, 1, 64)))) {
      return discriminator;
    }
    Variant known = variant.orElseThrow(() -> needsVariant(path));
    int noiseDim =
        file.shape("dense", 0).filter(shape -> shape.size() == 2).map(s -> s.get(0)).orElse(1);
    return Dcgan.generator(known, Math.max(1, noiseDim));
  }

  /** The error for a file with only weights: the user must name the variant. */
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
    Description description = KerasDescription.of(format, model, settings, kept);
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

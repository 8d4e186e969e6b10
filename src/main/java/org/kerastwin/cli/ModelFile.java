package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.KerasFile.Description;
import org.kerastwin.keras.KerasFile.Format;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.KerasConfig;
import org.kerastwin.model.KerasDescription;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.weights.WeightMap;

/**
 * A model with its weights and, where the file has it, its optimizer: what is read from and written
 * to Keras's files.
 *
 * @param model the layers; named {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}
 * @param weights its weights, by our paths
 * @param optimizer Adam's settings and variables, if they are known
 */
record ModelFile(Sequential model, WeightMap weights, Optional<Optimizer> optimizer) {
  /**
   * An optimizer in the middle of a training.
   *
   * @param settings its arguments; a {@code .weights.h5} does not say them
   * @param slots its variables, the learning rate among them, by our paths
   */
  record Optimizer(Optional<AdamSettings> settings, WeightMap slots) {}

  /** Whether the model judges images instead of making them. */
  boolean isDiscriminator() {
    return model.name().equals(Dcgan.DISCRIMINATOR);
  }

  /**
   * Reads one of Keras's files.
   *
   * @param variant what the user says it is; needed for a generator whose file does not say it
   * @throws EnvironmentException if the file is damaged or holds another model
   * @throws UsageException if nobody says what it is
   */
  static ModelFile read(Path path, Optional<Variant> variant) {
    KerasFile file = KerasFile.read(path);
    Sequential model =
        file.description()
            .model()
            .map(json -> described(json, path))
            .orElseGet(() -> undescribed(file, path, variant));
    ModelVariables variables = KerasConfig.variables(model);
    Optional<AdamSettings> settings = KerasConfig.adam(file.description(), path);
    return new ModelFile(
        model,
        file.weights(variables),
        file.slots(variables).map(slots -> new Optimizer(settings, slots)));
  }

  /** A model that makes images is a generator, one that judges them a discriminator. */
  private static Sequential described(String json, Path path) {
    Sequential model = KerasConfig.sequential(json, Dcgan.GENERATOR, path);
    return model.inputShape().numDimensions() == 3
        ? KerasConfig.sequential(json, Dcgan.DISCRIMINATOR, path)
        : model;
  }

  private static Sequential undescribed(KerasFile file, Path path, Optional<Variant> variant) {
    // Of our models only the discriminator begins with images of one channel.
    Sequential discriminator = Dcgan.discriminator();
    Optional<List<Integer>> first = file.shape("conv2d", 0);
    if (variant.isEmpty() && first.equals(Optional.of(List.of(5, 5, 1, 64)))) {
      return discriminator;
    }
    Variant known = variant.orElseThrow(() -> needsVariant(path));
    int noiseDim =
        file.shape("dense", 0).filter(shape -> shape.size() == 2).map(s -> s.get(0)).orElse(1);
    return Dcgan.generator(known, Math.max(1, noiseDim));
  }

  /** Nobody said what is in a file. */
  static UsageException needsVariant(Path path) {
    return new UsageException(
        "option",
        "--variant",
        "one of " + Variant.labels(),
        "nothing",
        "'%s' does not say its architecture.".formatted(path));
  }

  /** The graph that a SavedModel of it serves. */
  InferenceGraph inferenceGraph() {
    return isDiscriminator()
        ? ModelGraph.of(model, "images", "probability")
        : ModelGraph.of(model, "noise", "images");
  }

  /** Replaces a file, in the format that its name's ending says. */
  void write(Path path) {
    ModelVariables variables = KerasConfig.variables(model);
    // Without the settings a description would promise another training than the one that was.
    Optional<AdamSettings> settings = optimizer.flatMap(Optimizer::settings);
    Format format = Format.of(path).orElseThrow();
    boolean keepsSlots = settings.isPresent() || format == Format.WEIGHTS;
    Optional<WeightMap> slots = optimizer.map(Optimizer::slots).filter(state -> keepsSlots);
    Description description =
        format == Format.LEGACY
            ? KerasDescription.legacy(model, settings)
            : KerasDescription.archive(model, settings);
    KerasFile.write(path, variables, description, weights, slots);
  }

  /** The variant of a generator, if it is one of the notebook's. */
  static Optional<Variant> variant(Sequential model) {
    return Arrays.stream(Variant.values())
        .filter(
            variant ->
                model.inputShape().numDimensions() == 1
                    && Dcgan.generator(variant, (int) model.inputShape().get(0))
                        .nodes()
                        .equals(model.nodes()))
        .findFirst();
  }

  /**
   * The optimizer of a model in a run's state.
   *
   * @param state all variables of the run
   */
  static Optimizer ofRun(Sequential model, AdamSettings settings, WeightMap state) {
    ModelVariables variables = KerasConfig.variables(model);
    Map<String, NdArray> slots = new LinkedHashMap<>();
    slots.put(variables.iteration(), state.get(variables.iteration()));
    slots.put(
        variables.learningRate(),
        NdArray.ofFloats(new float[] {(float) settings.learningRate()}, List.of()));
    slots.putAll(state.under("optimizer/" + model.name() + "/").tensors());
    return new Optimizer(Optional.of(settings), new WeightMap(slots));
  }
}

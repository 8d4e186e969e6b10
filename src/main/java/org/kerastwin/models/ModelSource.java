package org.kerastwin.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.UsageException;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.kerasmodel.AdamState;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.StoredRun;
import org.kerastwin.training.WeightAverage;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightMap;

/**
 * A stored network, in any form.
 *
 * @param path a run folder, a SavedModel, {@code .keras}, {@code .weights.h5}, {@code .h5} or
 *     {@code .npz}
 * @param variant the user's choice; needed if the file of a generator does not name it
 * @param network {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}; empty for the one that
 *     exists, or the generator if both do
 */
public record ModelSource(Path path, Optional<Variant> variant, Optional<String> network) {
  /** The graph of a SavedModel. */
  static final String SAVED_MODEL = "saved_model.pb";

  /** How many models of a folder a message names. */
  private static final int MAX_SUGGESTIONS = 3;

  /** The prefixes of the paths in a checkpoint. */
  private static final List<String> STATE =
      List.of(
          VariablePaths.prefix(Dcgan.GENERATOR),
          VariablePaths.prefix(Dcgan.DISCRIMINATOR),
          VariablePaths.optimizerPrefix(Dcgan.GENERATOR),
          VariablePaths.optimizerPrefix(Dcgan.DISCRIMINATOR),
          VariablePaths.AVERAGE_PREFIX,
          "training/",
          "random/");

  /**
   * Reads the network and checks that it has the variant that the user named.
   *
   * @param warnings receives damage in a run folder, from which another file is used instead
   * @throws EnvironmentException if it is missing, damaged or of another variant
   * @throws UsageException if the ending of the name or the architecture is unknown
   */
  public ModelFile read(Consumer<Problem> warnings) {
    ModelFile model = open(warnings);
    String found = model.model().name();
    if (network.isPresent() && !network.get().equals(found)) {
      throw new EnvironmentException(
          Problem.with("model", path)
              .expected("a " + network.get())
              .received("a " + found)
              .remedy(Remedy.NAME_THE_NETWORK));
    }
    if (variant.isPresent() && !isDiscriminator() && !model.variant().equals(variant)) {
      String received = model.variant().map(Variant::label).orElse("another architecture");
      throw new EnvironmentException(
          Problem.with("model", path)
              .expected("the variant " + variant.get())
              .received("a %s of %s".formatted(found, received)));
    }
    return model;
  }

  /**
   * The same, for callers without a way to report damage.
   *
   * @throws EnvironmentException also if a run folder is damaged
   */
  public ModelFile read() {
    return read(
        damage -> {
          throw new EnvironmentException(damage.advice("Resuming the run repairs it."));
        });
  }

  /** Reads the network, whatever its variant. */
  ModelFile open(Consumer<Problem> warnings) {
    if (Files.isDirectory(path)) {
      requireModel(path);
      return RunFolder.isRun(path) ? ofRun(warnings) : SavedNetwork.read(path);
    }
    ModelForm form = ModelForm.of(path).orElseThrow(() -> OtherModels.anotherEnding(path));
    return switch (form) {
      case KERAS -> ModelFile.read(path, variant);
      case NPZ -> ofNpz();
      case FOLDER ->
          throw new EnvironmentException(
              Problem.with("model", path)
                  .expected("a run folder or a SavedModel")
                  .received(Files.exists(path) ? "a file" : "no such folder"));
    };
  }

  /** Rejects a folder whose subfolders hold the models. */
  private static void requireModel(Path folder) {
    if (isModel(folder)) {
      return;
    }
    OtherModels.rejectCheckpoint(folder);
    try (Stream<Path> children = Files.list(folder)) {
      String models =
          children
              .filter(ModelSource::isModel)
              .sorted()
              .limit(MAX_SUGGESTIONS)
              .map("'%s'"::formatted)
              .collect(Collectors.joining(" or "));
      if (!models.isEmpty()) {
        throw new EnvironmentException(
            Problem.with("model", folder)
                .expected("a run folder or a SavedModel")
                .received("a folder of models")
                .advice("Did you mean %s?".formatted(models)));
      }
    } catch (IOException unreadable) {
      throw IoFailure.of("model", folder, "a folder that can be read", unreadable);
    }
  }

  private static boolean isModel(Path folder) {
    return RunFolder.isRun(folder) || Files.exists(folder.resolve(SAVED_MODEL));
  }

  private ModelFile ofRun(Consumer<Problem> warnings) {
    StoredRun run = StoredRun.read(path, warnings);
    RunConfig config = run.config();
    WeightMap state = run.checkpoint().state();
    Sequential model =
        isDiscriminator() ? config.networks().discriminator() : config.networks().generator();
    // Adam's slots belong to the weights before averaging, so averaged weights come without them.
    return config.gan().averages() && !isDiscriminator()
        ? ofState(model, WeightAverage.averaged(state, model.name()), Optional.empty(), run.file())
        : ofState(model, state, Optional.of(config.gan().adam()), run.file());
  }

  private ModelFile ofNpz() {
    WeightMap arrays = new WeightMap(Npz.readAll(path));
    boolean hasGenerator = !arrays.ofModel(Dcgan.GENERATOR).paths().isEmpty();
    boolean hasDiscriminator = !arrays.ofModel(Dcgan.DISCRIMINATOR).paths().isEmpty();
    if (hasDiscriminator && (isDiscriminator() || !hasGenerator)) {
      return ofState(Dcgan.discriminator(), arrays, Optional.empty(), path);
    }
    Variant known = variant.orElseThrow(() -> ModelFile.needsVariant(path));
    Sequential generator = Dcgan.generator(known, ModelFile.noiseDim(arrays, path));
    return ofState(generator, arrays, Optional.empty(), path);
  }

  private static ModelFile ofState(
      Sequential model, WeightMap state, Optional<AdamSettings> settings, Path where) {
    Map<String, NdArray> own = new LinkedHashMap<>(state.tensors());
    own.keySet()
        .removeIf(path -> belongsElsewhere(path, model.name()) || VariablePaths.isSeed(path));
    WeightMap weights = new WeightMap(own);
    model.types().require(weights, where);
    WeightMap slots = state.under(VariablePaths.optimizerPrefix(model.name()));
    Optional<AdamState> optimizer =
        slots.paths().isEmpty()
            ? Optional.empty()
            : Optional.of(AdamState.of(KerasConfig.variables(model), settings, slots, where));
    return new ModelFile(model, weights, optimizer);
  }

  private static boolean belongsElsewhere(String path, String network) {
    return !path.startsWith(VariablePaths.prefix(network))
        && STATE.stream().anyMatch(path::startsWith);
  }

  private boolean isDiscriminator() {
    return network.equals(Optional.of(Dcgan.DISCRIMINATOR));
  }
}

package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.RunFolder;
import org.kerastwin.weights.WeightMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a network is kept, whatever its form.
 *
 * @param path a run folder, a SavedModel, {@code .keras}, {@code .weights.h5}, {@code .h5} or
 *     {@code .npz}
 * @param variant what the user says it is; needed for a generator whose file does not say it
 * @param network {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}; empty for the one that is
 *     there, the generator where both are
 */
record ModelSource(Path path, Optional<Variant> variant, Optional<String> network) {
  private static final String NPZ = ".npz";

  /**
   * Reads the network and checks that it is the one that the user named.
   *
   * @throws EnvironmentException if it is missing, damaged or another
   * @throws UsageException if the name's ending is no format, or nobody says the architecture
   */
  ModelFile read() {
    ModelFile model = open();
    if (network.isPresent() && !network.get().equals(model.model().name())) {
      throw new EnvironmentException(
          "model",
          path,
          "a " + network.get(),
          "a " + model.model().name(),
          "'--network %s' takes it.".formatted(model.model().name()));
    }
    if (variant.isPresent()
        && !isDiscriminator()
        && !ModelFile.variant(model.model()).equals(variant)) {
      throw new EnvironmentException(
          "model",
          path,
          "the variant " + variant.get(),
          "a %s of %s"
              .formatted(
                  model.model().name(),
                  ModelFile.variant(model.model())
                      .map(Variant::label)
                      .orElse("another architecture")));
    }
    return model;
  }

  /** Reads the network that is there, which may be another than the user named. */
  ModelFile open() {
    if (Files.isDirectory(path) && RunFolder.isRun(path)) {
      return ofRun();
    }
    if (Files.isDirectory(path) && (isDiscriminator() || holdsDiscriminator())) {
      return ofSavedModel();
    }
    if (KerasFile.Format.of(path).isPresent() && !Files.isDirectory(path)) {
      return ModelFile.read(path, variant);
    }
    if (path.toString().endsWith(NPZ)) {
      return ofNpz();
    }
    TrainedGenerator generator = TrainedGenerator.read(path, variant);
    return new ModelFile(generator.model(), generator.weights(), Optional.empty());
  }

  private ModelFile ofRun() {
    RunConfig config = RunFolder.readConfig(path);
    Path checkpoint = RunFolder.checkpoint(path);
    WeightMap state = new WeightMap(Npz.readAll(checkpoint));
    Sequential model =
        isDiscriminator()
            ? Dcgan.discriminator()
            : Dcgan.generator(config.variant(), config.noiseDim());
    AdamSettings settings = new AdamSettings(config.learningRate(), config.beta1());
    return ofState(model, state, Optional.of(settings), checkpoint);
  }

  private ModelFile ofNpz() {
    WeightMap arrays = new WeightMap(Npz.readAll(path));
    boolean generatorIsThere = !arrays.under(Dcgan.GENERATOR + "/").paths().isEmpty();
    boolean discriminatorIsThere = !arrays.under(Dcgan.DISCRIMINATOR + "/").paths().isEmpty();
    boolean discriminator = isDiscriminator() || !generatorIsThere;
    return discriminatorIsThere && discriminator
        ? ofState(Dcgan.discriminator(), arrays, Optional.empty(), path)
        : ofState(
            TrainedGenerator.ofArrays(arrays, path, variant).model(),
            arrays,
            Optional.empty(),
            path);
  }

  private static ModelFile ofState(
      Sequential model, WeightMap state, Optional<AdamSettings> settings, Path where) {
    WeightMap weights = state.under(model.name() + "/");
    weights.requireLike(InferenceSession.template(model), where);
    return new ModelFile(model, weights, ModelFile.optimizer(model, settings, state));
  }

  private boolean holdsDiscriminator() {
    try (LoadedModel loaded = LoadedModel.open(path)) {
      return !loaded.variables().under(Dcgan.DISCRIMINATOR + "/").paths().isEmpty();
    }
  }

  private ModelFile ofSavedModel() {
    try (LoadedModel loaded = LoadedModel.open(path)) {
      WeightMap weights = loaded.variables();
      Sequential model = Dcgan.discriminator();
      if (weights.under(model.name() + "/").paths().isEmpty()) {
        throw new EnvironmentException(
            "SavedModel", path, "the weights of a discriminator", "another model, or a frozen one");
      }
      weights.requireLike(InferenceSession.template(model), path);
      return new ModelFile(model, weights, Optional.empty());
    }
  }

  private boolean isDiscriminator() {
    return network.equals(Optional.of(Dcgan.DISCRIMINATOR));
  }

  /** The names of the networks. */
  static final class NetworkConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals(Dcgan.GENERATOR) || text.equals(Dcgan.DISCRIMINATOR)) {
        return text;
      }
      throw new TypeConversionException(Dcgan.GENERATOR + " or " + Dcgan.DISCRIMINATOR);
    }
  }
}

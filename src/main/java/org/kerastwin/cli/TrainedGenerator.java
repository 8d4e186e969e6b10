package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.LoadedModel;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.RunFolder;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/**
 * What {@code --model M} names: a generator's architecture and weights, whatever file they are in.
 *
 * @param variant the architecture, if it is one of the notebook's: a {@code .keras} may hold
 *     another
 * @param model the generator
 * @param weights its weights
 */
record TrainedGenerator(Optional<Variant> variant, Sequential model, WeightMap weights) {
  private static final String DENSE_KERNEL = Dcgan.GENERATOR + "/dense/kernel";

  /** The size of the noise of an image. */
  int noiseDim() {
    return Math.toIntExact(model.inputShape().get(0));
  }

  /**
   * Reads a generator.
   *
   * @param path a run folder, a SavedModel, {@code .keras}, {@code .weights.h5}, {@code .h5} or
   *     {@code .npz}
   * @param variant what the user says it is
   * @throws EnvironmentException if it is missing, damaged or of another architecture
   * @throws UsageException if the name's ending is no format, or the file does not say its
   *     architecture and the user does not either
   */
  static TrainedGenerator read(Path path, Optional<Variant> variant) {
    if (Files.isDirectory(path) && RunFolder.isRun(path)) {
      return check(path, ofRun(path), variant);
    }
    if (Files.isDirectory(path)) {
      return check(path, ofSavedModel(path), variant);
    }
    if (KerasFile.Format.of(path).isPresent()) {
      return check(path, ofKeras(path, variant), variant);
    }
    if (!path.toString().endsWith(".npz")) {
      requireFormat(path);
    }
    return ofNpz(path, variant);
  }

  /** A name without an ending is a folder; one with an ending must be a format. */
  private static void requireFormat(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    if (name.lastIndexOf('.') > 0) {
      throw new UsageException(
          "model",
          path,
          "a folder or a file that ends in .keras, .weights.h5, .h5 or .npz",
          "another ending");
    }
    throw new EnvironmentException(
        "model",
        path,
        "a run folder or a SavedModel",
        Files.exists(path) ? "a file" : "no such folder");
  }

  private static TrainedGenerator ofRun(Path run) {
    RunConfig config = RunFolder.readConfig(run);
    Path checkpoint = RunFolder.checkpoint(run);
    WeightMap state = new WeightMap(Npz.readAll(checkpoint)).under(Dcgan.GENERATOR + "/");
    return of(config.variant(), config.noiseDim(), state, checkpoint);
  }

  private static TrainedGenerator ofNpz(Path file, Optional<Variant> variant) {
    return ofArrays(new WeightMap(Npz.readAll(file)), file, variant);
  }

  /** The generator among the arrays of an {@code .npz}. */
  static TrainedGenerator ofArrays(WeightMap arrays, Path file, Optional<Variant> variant) {
    WeightMap weights = arrays.under(Dcgan.GENERATOR + "/");
    Variant known = variant.orElseThrow(() -> ModelFile.needsVariant(file));
    return of(known, noiseDim(weights, file), weights, file);
  }

  private static TrainedGenerator ofKeras(Path path, Optional<Variant> variant) {
    ModelFile file = ModelFile.read(path, variant);
    Shape output = file.model().outputShape();
    boolean grey = output.numDimensions() == 3 && output.get(2) == 1;
    if (file.model().inputShape().numDimensions() != 1 || !grey) {
      throw new EnvironmentException(
          "model", path, "a generator of grey images", "a model that gives " + output);
    }
    return new TrainedGenerator(ModelFile.variant(file.model()), file.model(), file.weights());
  }

  private static TrainedGenerator ofSavedModel(Path folder) {
    try (LoadedModel loaded = LoadedModel.open(folder)) {
      WeightMap weights = loaded.variables();
      requireVariables(weights, folder);
      int noiseDim = noiseDim(weights, folder);
      List<Long> images = loaded.output().shape();
      return Arrays.stream(Variant.values())
          .flatMap(variant -> forms(variant, noiseDim))
          .filter(form -> fits(form.model(), weights, images))
          .findFirst()
          .map(form -> form.with(weights, folder))
          .orElseThrow(
              () ->
                  new EnvironmentException(
                      "model", folder, "a generator of " + Variant.labels(), "another model"));
    }
  }

  private static void requireVariables(WeightMap weights, Path folder) {
    if (weights.paths().isEmpty()) {
      throw new EnvironmentException(
          "SavedModel",
          folder,
          "one with variables",
          "one whose weights are constants",
          "Export it without --frozen.");
    }
  }

  /** A variant as it was trained, and with its batch normalizations folded; without weights yet. */
  private static Stream<TrainedGenerator> forms(Variant variant, int noiseDim) {
    Sequential trained = Dcgan.generator(variant, noiseDim);
    return Stream.of(trained, FoldedModel.of(trained))
        .map(model -> new TrainedGenerator(Optional.of(variant), model, new WeightMap(Map.of())));
  }

  private TrainedGenerator with(WeightMap found, Path where) {
    found.requireLike(InferenceSession.template(model), where);
    return new TrainedGenerator(variant, model, found);
  }

  private static boolean fits(Sequential model, WeightMap weights, List<Long> output) {
    List<Integer> sample = Tensors.dimensions(model.outputShape());
    return model.weights().keySet().equals(weights.paths())
        && output.stream().skip(1).map(Math::toIntExact).toList().equals(sample);
  }

  private static int noiseDim(WeightMap weights, Path where) {
    NdArray kernel = weights.tensors().get(DENSE_KERNEL);
    if (kernel == null || kernel.shape().size() != 2 || kernel.shape().get(0) < 1) {
      throw new EnvironmentException(
          "model",
          where,
          "a generator, with a matrix '" + DENSE_KERNEL + "'",
          kernel == null ? "none" : kernel.toString());
    }
    return kernel.shape().get(0);
  }

  private static TrainedGenerator of(Variant variant, int noiseDim, WeightMap weights, Path where) {
    Sequential model = Dcgan.generator(variant, noiseDim);
    return new TrainedGenerator(Optional.of(variant), model, weights).with(weights, where);
  }

  private static TrainedGenerator check(
      Path path, TrainedGenerator found, Optional<Variant> claimed) {
    if (claimed.isPresent() && !claimed.equals(found.variant())) {
      String received = found.variant().map(Variant::label).orElse("another architecture");
      throw new EnvironmentException(
          "model", path, "the variant " + claimed.get(), "a generator of " + received);
    }
    return found;
  }
}

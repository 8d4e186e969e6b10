package org.kerastwin.models;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.kerasmodel.Architecture;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.weights.WeightMap;

/**
 * Identifies the network in a SavedModel. Our exports include a description of the layers. In older
 * ones, variable names and output shape identify one of the notebook's networks. The graph is never
 * run, but must equal the graph that this program writes for the network.
 *
 * @param folder the folder
 * @param saved its content
 */
record SavedNetwork(Path folder, SavedModelFolder saved) {
  /** With this noise size, the first matrix of a frozen model would have more than a gigabyte. */
  private static final long MAX_NOISE = 1 << 16;

  /**
   * Identifies the network and reads its weights.
   *
   * @throws EnvironmentException if the folder is missing or damaged, or holds another model
   */
  static ModelFile read(Path folder) {
    SavedNetwork network = new SavedNetwork(folder, SavedModelFolder.open(folder));
    WeightMap variables = network.saved.variables();
    return variables.paths().isEmpty() ? network.frozen() : network.restored(variables);
  }

  private Optional<Sequential> described() {
    return saved.architecture().map(json -> Architecture.read(json, folder));
  }

  private ModelFile frozen() {
    List<Sequential> candidates = described().map(List::of).orElseGet(this::notebooks);
    for (Sequential model : candidates) {
      InferenceGraph graph = ModelGraph.of(model);
      Optional<WeightMap> weights =
          saved.constants(graph).filter(values -> saved.hasGraph(graph.frozen(values), values));
      if (weights.isPresent()) {
        return model(model, weights.get());
      }
    }
    throw new EnvironmentException(
        Problem.with("SavedModel", folder)
            .expected("variables, or the constants of a network that this program has written")
            .received("another graph without variables")
            .remedy(Remedy.EXPORT_WITH_VARIABLES));
  }

  private ModelFile restored(WeightMap weights) {
    Sequential model = described().orElseGet(() -> identified(weights));
    ModelFile read = model(model, weights);
    model.types().require(read.weights(), folder);
    saved.requireGraph(ModelGraph.of(model), weights);
    return read;
  }

  private static ModelFile model(Sequential model, WeightMap weights) {
    return new ModelFile(model, weights, Optional.empty());
  }

  /** The network of the notebook that has these variables. */
  private Sequential identified(WeightMap weights) {
    List<Long> output = saved.output().shape();
    List<Sequential> candidates = candidates(weights);
    Sequential model =
        candidates.stream()
            .filter(candidate -> fits(candidate, weights, output))
            .findFirst()
            .orElseGet(() -> nearest(candidates, weights));
    model.types().require(weights, folder);
    if (!fits(model, weights, output)) {
      throw new EnvironmentException(
          Problem.with("model", folder)
              .expected("a discriminator, or a generator of the variants " + Variant.labels())
              .received("a model with output shape " + output));
    }
    return model;
  }

  private List<Sequential> candidates(WeightMap weights) {
    boolean isDiscriminator = !weights.ofModel(Dcgan.DISCRIMINATOR).paths().isEmpty();
    if (!isDiscriminator && weights.ofModel(Dcgan.GENERATOR).paths().isEmpty()) {
      throw new EnvironmentException(
          Problem.with("SavedModel", folder)
              .expected("one that this program has written")
              .received("one of another program")
              .advice("Save the model to a .keras file in Keras, and use that."));
    }
    return isDiscriminator
        ? List.of(Dcgan.discriminator())
        : generators(ModelFile.noiseDim(weights, folder));
  }

  /** The networks of the notebook that have this input shape. */
  private List<Sequential> notebooks() {
    List<Long> input = saved.input().shape();
    if (input.size() != 2) {
      return List.of(Dcgan.discriminator());
    }
    return input.get(1) > 0 && input.get(1) <= MAX_NOISE
        ? generators(Math.toIntExact(input.get(1)))
        : List.of();
  }

  private static List<Sequential> generators(int noiseDim) {
    return Arrays.stream(Variant.values())
        .map(variant -> Dcgan.generator(variant, noiseDim))
        .flatMap(trained -> Stream.of(trained, FoldedModel.of(trained)))
        .toList();
  }

  private static boolean fits(Sequential model, WeightMap weights, List<Long> output) {
    List<Long> sample = Arrays.stream(model.outputShape().asArray()).boxed().toList();
    return model.weights().keySet().equals(weights.paths())
        && output.stream().skip(1).toList().equals(sample);
  }

  /** The network with the fewest differing paths. */
  private static Sequential nearest(List<Sequential> candidates, WeightMap weights) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> differing(candidate, weights)))
        .orElseThrow();
  }

  private static int differing(Sequential model, WeightMap weights) {
    Set<String> all = new HashSet<>(model.weights().keySet());
    all.addAll(weights.paths());
    Set<String> shared = new HashSet<>(model.weights().keySet());
    shared.retainAll(weights.paths());
    return all.size() - shared.size();
  }
}

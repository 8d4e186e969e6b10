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
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.weights.WeightMap;

/**
 * Which of our networks a SavedModel holds. It says no layers: the names of its variables and the
 * shape of its output tell, also where batch normalizations were folded. Its graph is never run: it
 * must be the one that this program writes for the network.
 */
final class SavedNetwork {
  private SavedNetwork() {}

  /**
   * Recognises a SavedModel's network and reads its weights.
   *
   * @throws EnvironmentException if the folder is missing or damaged, its weights are constants, or
   *     it holds another model
   */
  static ModelFile read(Path folder) {
    SavedModelFolder saved = SavedModelFolder.open(folder);
    WeightMap weights = saved.variables();
    if (weights.paths().isEmpty()) {
      throw new EnvironmentException(
          "SavedModel",
          folder,
          "one with variables",
          "one whose weights are constants",
          "Export it without --frozen.");
    }
    List<Long> output = saved.output().shape();
    List<Sequential> candidates = candidates(weights, folder);
    Sequential model =
        candidates.stream()
            .filter(candidate -> fits(candidate, weights, output))
            .findFirst()
            .orElseGet(() -> nearest(candidates, weights));
    model.types().require(weights, folder);
    if (!fits(model, weights, output)) {
      throw another(folder, output);
    }
    saved.requireGraph(ModelGraph.of(model), weights);
    return new ModelFile(model, weights, Optional.empty());
  }

  private static List<Sequential> candidates(WeightMap weights, Path folder) {
    if (!weights.under(Dcgan.DISCRIMINATOR + "/").paths().isEmpty()) {
      return List.of(Dcgan.discriminator());
    }
    int noiseDim = ModelFile.noiseDim(weights, folder);
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

  /** The network that the fewest paths speak against. */
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

  private static EnvironmentException another(Path folder, List<Long> output) {
    return new EnvironmentException(
        "model",
        folder,
        "a generator of " + Variant.labels() + ", or a discriminator",
        "a model that gives " + output);
  }
}

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
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelFolder;
import org.kerastwin.weights.WeightMap;

/**
 * Finds out which of our networks a SavedModel holds. A SavedModel does not name its layers; the
 * names of its variables and the shape of its output identify it, even with folded batch
 * normalizations. Its graph is never run: it must be the graph that this program writes for the
 * network.
 */
final class SavedNetwork {
  private SavedNetwork() {}

  /**
   * Identifies the network and reads its weights.
   *
   * @throws EnvironmentException if the folder is missing or damaged, its weights are constants, or
   *     it holds another model
   */
  static ModelFile read(Path folder) {
    SavedModelFolder saved = SavedModelFolder.open(folder);
    WeightMap weights = saved.variables();
    if (weights.paths().isEmpty()) {
      throw new EnvironmentException(
          Problem.with("SavedModel", folder)
              .expected("one with variables")
              .received("one whose weights are constants")
              .remedy(Remedy.EXPORT_WITH_VARIABLES));
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
      throw new EnvironmentException(
          Problem.with("model", folder)
              .expected("a generator of " + Variant.labels() + ", or a discriminator")
              .received("a model that gives " + output));
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

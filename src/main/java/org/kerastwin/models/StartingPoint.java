package org.kerastwin.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.data.ImageShape;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Networks;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.weights.WeightMap;

/**
 * What a new run starts from.
 *
 * @param networks the networks to train; empty for the notebook's
 * @param weights their weights; empty for random ones
 * @param adam the arguments of Adam that the user gave; they override those in the files
 */
public record StartingPoint(
    Optional<Networks> networks,
    Optional<InitialWeights> weights,
    Map<AdamSettings.Argument, Double> adam) {
  /** Keeps a copy. */
  public StartingPoint {
    adam = Map.copyOf(adam);
  }

  /** The shape of the generator's images. */
  public ImageShape imageShape() {
    return networks.map(own -> ImageShape.of(own.imageShape())).orElse(ImageShape.MNIST);
  }

  /**
   * Rejects figures of quality for images that do not fit the classifier of digits.
   *
   * @param asked the setting that asks for them
   * @throws UsageException if the images do not fit
   */
  public void requireEvaluable(Problem asked) {
    if (!imageShape().equals(ImageShape.MNIST)) {
      throw new UsageException(
          asked.expected("a generator of 28×28 gray images").received("one of " + imageShape()));
    }
  }

  /** Lines for the user; see {@link InitialWeights#report}. */
  public List<String> report() {
    return weights.map(files -> files.report(adam)).orElse(List.of());
  }

  /** The requested settings, changed for these networks; see {@link InitialWeights#config}. */
  public RunConfig config(RunConfig asked) {
    RunConfig config = weights.map(files -> files.config(adam, asked)).orElse(asked);
    return networks.map(config::training).orElse(config);
  }

  /** The known values of weights and optimizers, by path. */
  public WeightMap state() {
    return weights.map(InitialWeights::state).orElse(new WeightMap(Map.of()));
  }
}

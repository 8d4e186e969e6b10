package org.kerastwin.parity.stages;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.GanStep;
import org.kerastwin.weights.VariablePaths;
import org.tensorflow.ndarray.Shape;

/**
 * Steps of a GAN of other networks, which the reference describes. Its discriminator has batch
 * normalization and dropout: their state changes in its own updates, and while the generator
 * learns, only dropout is active.
 */
final class CustomNetworksStage {
  private static final String FOLDER = Stage.TRAJECTORY.id() + "/custom/";
  private static final int BATCH = 6;
  private static final int STEPS = 3;
  private static final int LOSSES = 3;

  private final Reference reference;
  private final Implementation ours;
  private final NamedRandom draws;

  private CustomNetworksStage(Reference reference, Implementation ours) {
    this.reference = reference;
    this.ours = ours;
    this.draws = new NamedRandom(reference.meta().seed());
  }

  /** Computes the losses of the steps and the state after the last; most references have none. */
  static Map<TensorKey, NdArray> compute(Reference reference, Implementation ours) {
    return reference.files().containsKey(file(Dcgan.GENERATOR))
        ? new CustomNetworksStage(reference, ours).compute()
        : Map.of();
  }

  private static String file(String network) {
    return FOLDER + network + ".json";
  }

  private Map<TensorKey, NdArray> compute() {
    Networks networks = new Networks(network(Dcgan.GENERATOR), network(Dcgan.DISCRIMINATOR));
    GanSettings settings = ours.gan().withBatchSize(BATCH).withNoiseDim(networks.noiseDim());
    Shape image = networks.generator().outputShape();
    KerasStreams streams = KerasStreams.ofSeed(draws.seed());
    try (GanStep gan =
        new GanStep(networks, settings, ours.device(), streams::nextInitializerSeed)) {
      float[] losses = new float[STEPS * LOSSES];
      for (int step = 1; step <= STEPS; step++) {
        float[] found =
            ours.step()
                .run(gan, TrajectoryStage.batch(draws, "custom/" + step, image, settings))
                .values();
        System.arraycopy(found, 0, losses, (step - 1) * LOSSES, LOSSES);
      }
      Map<TensorKey, NdArray> found = new LinkedHashMap<>();
      found.put(key("losses"), NdArray.ofFloats(losses, List.of(STEPS, LOSSES)));
      gan.state()
          .tensors()
          .forEach(
              (path, value) -> {
                if (VariablePaths.isSeed(path) || path.contains("/moving_")) {
                  // References hold floats.
                  found.put(key(path), value.longsAsFloat32());
                }
              });
      return found;
    }
  }

  private Sequential network(String name) {
    byte[] json = reference.files().get(file(name));
    return KerasConfig.sequential(new String(json, StandardCharsets.UTF_8), name, file(name));
  }

  private static TensorKey key(String name) {
    return new TensorKey(Stage.TRAJECTORY, "custom/" + name);
  }
}

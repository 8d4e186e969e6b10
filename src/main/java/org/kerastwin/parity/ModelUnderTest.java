package org.kerastwin.parity;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.WeightMap;

/**
 * Any Sequential model of our layers, with any input.
 *
 * @param network its layers, with Keras's default names
 * @param weights by paths such as {@code model/conv2d_1/kernel}
 */
public record ModelUnderTest(Sequential network, WeightMap weights) {
  /**
   * Reads a {@code .keras} or legacy {@code .h5} file.
   *
   * @return empty if the file has another format or does not describe its layers
   * @throws EnvironmentException if the file is damaged or has layers that this program lacks
   */
  public static Optional<ModelUnderTest> read(Path path) {
    if (KerasFile.Format.of(path).isEmpty()) {
      return Optional.empty();
    }
    KerasFile file = KerasFile.read(path);
    return file.description()
        .model()
        .map(json -> KerasConfig.read(json, Reference.Meta.MODEL, path))
        .map(model -> new ModelUnderTest(model.model(), file.weights(model.variables())));
  }

  /** Whether it is one of the notebook's networks, which have references of their own. */
  public boolean isOfNotebook() {
    if (network.inputShape().numDimensions() != 1) {
      return network.hasLayersOf(Dcgan.discriminator());
    }
    int noiseDim = Math.toIntExact(network.inputShape().get(0));
    return Arrays.stream(Variant.values())
        .anyMatch(variant -> network.hasLayersOf(Dcgan.generator(variant, noiseDim)));
  }
}

package org.kerastwin.kerasmodel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;

/**
 * One of the notebook's networks in a file that holds only weights.
 *
 * @param file the content
 * @param path its file, for messages
 */
record UndescribedNetwork(KerasFile file, Path path) {
  /**
   * Finds out which network it is.
   *
   * @param variant the user's choice; needed for a generator
   * @throws EnvironmentException if no variant was chosen, and the weights fit none
   * @throws UsageException if the variant is needed and missing
   */
  Sequential guess(Optional<Variant> variant) {
    // Of our models only the discriminator starts with images of one channel.
    Sequential discriminator = Dcgan.discriminator();
    Optional<List<Integer>> first = file.shape("conv2d", 0);
    if (first.equals(Optional.of(List.of(5, 5, 1, 64)))) {
      return discriminator;
    }
    int noiseDim =
        file.shape("dense", 0).filter(shape -> shape.size() == 2).map(s -> s.get(0)).orElse(1);
    Function<Variant, Sequential> generator =
        known -> Dcgan.generator(known, Math.max(1, noiseDim));
    if (variant.isEmpty() && Arrays.stream(Variant.values()).map(generator).noneMatch(this::fits)) {
      throw new EnvironmentException(
          Problem.with("weights", path)
              .expected("weights of a variant, or a file with an architecture")
              .received("weights that fit no variant")
              .advice("In Keras, save the whole model to a .keras file."));
    }
    return generator.apply(variant.orElseThrow(() -> ModelFile.needsVariant(path)));
  }

  private boolean fits(Sequential model) {
    try {
      file.weights(KerasConfig.variables(model));
      return true;
    } catch (EnvironmentException misfit) {
      return false;
    }
  }
}

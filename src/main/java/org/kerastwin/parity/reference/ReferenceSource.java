package org.kerastwin.parity.reference;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.layers.Precision;
import org.kerastwin.weights.WeightMap;

/** Where references come from. */
public interface ReferenceSource {
  /**
   * The reference of one of the notebook's networks.
   *
   * @param network a generator's variant, or "discriminator"
   * @param noiseDim noise dimension of a generator
   * @param weights of the model under test; empty for those of the seed
   * @throws EnvironmentException if it is missing, damaged or cannot be computed
   */
  Reference of(String network, int noiseDim, Optional<WeightMap> weights);

  /**
   * The reference of any Sequential model.
   *
   * @param model a file that Keras can load
   * @throws EnvironmentException if it is missing, damaged or cannot be computed
   */
  Reference of(Path model);

  /** The reference of a source that has only one; empty if the source makes one per request. */
  default Optional<Reference> only() {
    return Optional.empty();
  }

  /**
   * A file, which holds one reference.
   *
   * @param precision that its models must have
   */
  static ReferenceSource file(Path file, Precision precision) {
    return new ReferenceSource() {
      @Override
      public Reference of(String network, int noiseDim, Optional<WeightMap> weights) {
        return ReferenceFile.read(file, precision);
      }

      @Override
      public Reference of(Path model) {
        return ReferenceFile.read(file, precision);
      }

      @Override
      public Optional<Reference> only() {
        return Optional.of(ReferenceFile.read(file, precision));
      }
    };
  }
}

package org.kerastwin.parity.reference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.TensorKey;

/**
 * What Keras computed for one network, as {@code tools/export_reference.py} wrote it.
 *
 * @param where the file, for messages
 * @param meta how it was made
 * @param tensors Keras's values in the order of the stages; sampled where they are large
 */
public record Reference(Object where, Meta meta, Map<TensorKey, ExpectedTensor> tensors) {
  /** Keeps an unmodifiable copy in the given order. */
  public Reference {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * How a reference was made.
   *
   * @param format the version of the file's layout
   * @param variant a generator's variant, or "discriminator"
   * @param weights "seed" if they can be drawn again, "file" if a model gave them
   * @param noiseDim size of a generator's noise
   * @param batch samples of the inputs
   * @param seed of weights and draws
   * @param samples the most elements kept of a tensor; 0 for all
   * @param versions of keras and tensorflow
   * @param shapes of all tensors by key, before sampling
   */
  public record Meta(
      int format,
      String variant,
      String weights,
      int noiseDim,
      int batch,
      long seed,
      int samples,
      Map<String, String> versions,
      Map<String, List<Integer>> shapes) {

    /** Whether the network is the discriminator. */
    public boolean isDiscriminator() {
      return variant.equals(Dcgan.DISCRIMINATOR);
    }

    /** Whether the weights follow from the seed. */
    public boolean isSeeded() {
      return weights.equals("seed");
    }

    /** The generator's variant; empty for the discriminator. */
    public Optional<Variant> generator() {
      return Variant.of(variant);
    }

    /** The network itself. */
    public Sequential network() {
      return generator()
          .map(known -> Dcgan.generator(known, noiseDim))
          .orElseGet(Dcgan::discriminator);
    }
  }

  /** What a report says of it in a line. */
  public String describe() {
    return "%s: Keras %s on TensorFlow %s, seed %d, batch %d"
        .formatted(
            meta.variant(),
            meta.versions().get("keras"),
            meta.versions().get("tensorflow"),
            meta.seed(),
            meta.batch());
  }
}

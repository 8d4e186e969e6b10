package org.kerastwin.parity.reference;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.SampledElements;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.tensorflow.ndarray.Shape;

/**
 * The results of Keras for one network, as written by {@code tools/export_reference.py}.
 *
 * @param where the source for messages: the path of a file from the user, or the name of a resource
 *     or of a Python interpreter
 * @param meta how it was computed
 * @param files small models written by Keras, by name
 * @param tensors the values of Keras in the order of the stages; large ones are sampled
 */
public record Reference(
    Object where, Meta meta, Map<String, byte[]> files, Map<TensorKey, ExpectedTensor> tensors) {
  /** Keeps an unmodifiable copy in the given order. */
  public Reference {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * How a reference was computed.
   *
   * @param format version of the file layout
   * @param variant a generator variant, "discriminator", or "model" for one from a file
   * @param weights "seed" if they follow from the seed, "file" if they come from a model
   * @param noiseDim noise dimension of a generator
   * @param batch batch size of the inputs
   * @param seed of the weights and random inputs
   * @param precision of Keras's models
   * @param samples the most elements stored of a tensor; 0 for all
   * @param versions of {@code keras} and {@code tensorflow}
   * @param kinks relative errors by key that LeakyReLU inputs within rounding of 0 can cause
   * @param shapes of the whole tensors by key
   */
  public record Meta(
      int format,
      String variant,
      String weights,
      int noiseDim,
      int batch,
      long seed,
      Precision precision,
      int samples,
      Map<String, String> versions,
      Map<String, Double> kinks,
      Map<String, List<Integer>> shapes) {

    /** The variant of a model from a file, which may be any Sequential. */
    public static final String MODEL = "model";

    /** Whether the network is a model from a file. */
    public boolean isModel() {
      return variant.equals(MODEL);
    }

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

    /** The network. */
    public Sequential network() {
      return generator()
          .map(known -> Dcgan.generator(known, noiseDim))
          .orElseGet(Dcgan::discriminator);
    }

    /** The shape of a batch of samples. */
    public List<Integer> batchOf(Shape sample) {
      return Tensors.dimensions(Shape.of(batch).append(sample));
    }
  }

  /**
   * Whether the reference is bundled or made by the program. Wrong tensors are then an error of
   * this program, not a damaged file.
   */
  public boolean isTrusted() {
    return !(where instanceof Path);
  }

  /**
   * Checks the shape of an output before it is computed: a TensorFlow kernel may abort the process
   * if a shape is wrong.
   *
   * @param sample the shape of one of our samples
   * @throws EnvironmentException if the reference has that output in another shape
   */
  public void requireShape(TensorKey output, Shape sample) {
    ExpectedTensor expected = tensors.get(output);
    List<Integer> ours = meta.batchOf(sample);
    if (expected != null && !expected.shape().equals(ours)) {
      throw new EnvironmentException(
          Problem.with("output", output).expected("shape " + expected.shape()).received(ours));
    }
  }

  /**
   * Compares one of our tensors with that of Keras, at the elements that are stored.
   *
   * @param ours the whole tensor, float32, in the shape that Keras's has
   */
  public TensorComparison compare(TensorKey key, NdArray ours) {
    return compare(key, ours, key);
  }

  /**
   * Compares one of our tensors with another of Keras that it must equal.
   *
   * @param expected the key of Keras's tensor
   */
  public TensorComparison compare(TensorKey key, NdArray ours, TensorKey expected) {
    float[] values = SampledElements.of(expected, meta.samples()).of(ours.floats());
    return TensorComparison.of(meta.variant(), key, values, tensors.get(expected))
        .requireFinite(ours);
  }

  /** One line for a report. */
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

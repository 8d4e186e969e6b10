package org.kerastwin.parity.compare;

/**
 * Selects the elements of a large tensor that are compared: those at the flat row-major indices
 * {@code floor(i * size / samples)}. Pictures and the text of the history are compared whole.
 *
 * @param samples the most elements to keep; 0 for all
 */
public record SampledElements(int samples) {
  private static final int ALL = 0;

  /**
   * The elements that a reference keeps of a tensor.
   *
   * @param samples the most elements of a tensor; 0 for all
   */
  public static SampledElements of(TensorKey key, int samples) {
    boolean isWhole =
        key.stage() == Stage.GRID || key.equals(TensorKey.HISTORY) || key.equals(TensorKey.DIGITS);
    return new SampledElements(isWhole ? ALL : samples);
  }

  /** The number of elements kept. */
  public int size(int elements) {
    return samples == ALL ? elements : Math.min(samples, elements);
  }

  /** The flat index of a sample. */
  int index(int sample, int elements) {
    return (int) ((long) sample * elements / size(elements));
  }

  /** The elements kept of a tensor. */
  public float[] of(float[] values) {
    float[] kept = new float[size(values.length)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = values[index(i, values.length)];
    }
    return kept;
  }
}

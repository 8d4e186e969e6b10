package org.kerastwin.parity.compare;

/**
 * Selects the elements of a large tensor that are compared: those at the flat row-major indices
 * {@code floor(i * size / samples)}. Pictures are compared whole, since reports show them.
 *
 * @param samples the most elements to keep; 0 for all
 */
public record SampledElements(int samples) {
  private static final int ALL = 0;

  /**
   * The elements that a reference keeps of the tensors of a stage.
   *
   * @param samples the most elements of a tensor; 0 for all
   */
  public static SampledElements of(Stage stage, int samples) {
    return new SampledElements(stage == Stage.GRID ? ALL : samples);
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

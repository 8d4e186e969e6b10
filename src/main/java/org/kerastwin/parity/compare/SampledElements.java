package org.kerastwin.parity.compare;

/**
 * Which elements of a large tensor are compared: those at the flat row-major indices {@code floor(i
 * * size / samples)}. A picture is compared as a whole, to be looked at.
 *
 * @param samples the most elements kept; 0 for all
 */
public record SampledElements(int samples) {
  private static final int ALL = 0;

  /**
   * What a reference keeps of a stage's tensors.
   *
   * @param samples the most elements of a tensor; 0 for all
   */
  public static SampledElements of(Stage stage, int samples) {
    return new SampledElements(stage == Stage.GRID ? ALL : samples);
  }

  /** How many elements are kept of a tensor. */
  public int size(int elements) {
    return samples == ALL ? elements : Math.min(samples, elements);
  }

  /** The flat index of a sample. */
  public int index(int sample, int elements) {
    return (int) ((long) sample * elements / size(elements));
  }

  /** The elements that are kept. */
  public float[] of(float[] values) {
    float[] kept = new float[size(values.length)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = values[index(i, values.length)];
    }
    return kept;
  }
}

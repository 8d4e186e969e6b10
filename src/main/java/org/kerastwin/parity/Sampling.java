package org.kerastwin.parity;

/**
 * Which elements of a large tensor are compared: those at the flat row-major indices {@code floor(i
 * * size / samples)}.
 *
 * @param samples the most elements kept; 0 for all
 */
record Sampling(int samples) {
  /** How many elements are kept of a tensor. */
  int size(int elements) {
    return samples == 0 ? elements : Math.min(samples, elements);
  }

  /** The flat index of a sample. */
  int index(int sample, int elements) {
    return (int) ((long) sample * elements / size(elements));
  }

  /** The elements that are kept. */
  float[] of(float[] values) {
    float[] kept = new float[size(values.length)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = values[index(i, values.length)];
    }
    return kept;
  }
}

package org.kerastwin.api;

/**
 * The settings of a training that do not belong to its steps: images, length, seed and files.
 *
 * @param dataset the name or path of the images
 * @param epochs passes over them
 * @param seed the seed, as for {@code keras.utils.set_random_seed}
 * @param saveEvery epochs between two saved generators
 * @param evaluateEvery epochs between two rows of {@code quality.csv}; 0 for none
 */
record Schedule(String dataset, int epochs, long seed, int saveEvery, int evaluateEvery) {
  /** The notebook's values. */
  static final Schedule NOTEBOOK = new Schedule("mnist", 50, 0, 10, 0);

  Schedule withDataset(String other) {
    return new Schedule(other, epochs, seed, saveEvery, evaluateEvery);
  }

  Schedule withEpochs(int other) {
    return new Schedule(dataset, other, seed, saveEvery, evaluateEvery);
  }

  Schedule withSeed(long other) {
    return new Schedule(dataset, epochs, other, saveEvery, evaluateEvery);
  }

  Schedule withSaveEvery(int other) {
    return new Schedule(dataset, epochs, seed, other, evaluateEvery);
  }

  Schedule withEvaluateEvery(int other) {
    return new Schedule(dataset, epochs, seed, saveEvery, other);
  }
}

package org.kerastwin.run.folder;

/**
 * The first rows of a {@link History}.
 *
 * @param series their losses; the file has no discriminator outputs
 * @param epochs the epoch in each row
 * @param later the number of rows after them, which may be damaged
 */
@SuppressWarnings("ArrayRecordComponent")
public record HistorySteps(StepSeries series, float[] epochs, int later) {
  /** The epoch of the last of them; 0 if there is none. */
  public int epoch() {
    return epochs.length == 0 ? 0 : (int) epochs[epochs.length - 1];
  }

  /** The epoch that each row would have if all epochs were as long as the first. */
  public float[] regularEpochs() {
    float[] regular = new float[epochs.length];
    for (int i = 0; i < regular.length; i++) {
      regular[i] = new Position(i + 1L, firstEpoch(), 1).epoch();
    }
    return regular;
  }

  /**
   * The position after the last row if all epochs are as long as the first.
   *
   * @param all number of epochs; not used within the first epoch, whose length is unknown
   */
  public Position regularEnd(int all) {
    return new Position(epochs.length, firstEpoch(), epoch() > 1 ? all : Integer.MAX_VALUE);
  }

  private int firstEpoch() {
    int first = 0;
    while (first < epochs.length && epochs[first] == 1) {
      first++;
    }
    return Math.max(1, first);
  }
}

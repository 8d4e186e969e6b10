package org.kerastwin.run.folder;

import java.util.Arrays;
import java.util.List;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

/** The losses and the discriminator's outputs of every step of a run so far. */
public final class StepSeries {
  private static final int COLUMNS = Column.values().length;
  private static final int FIRST_CAPACITY = 1024;

  private float[] values = new float[FIRST_CAPACITY * COLUMNS];
  private int steps;

  /** The numbers of a step. */
  public enum Column {
    /** The discriminator's loss on real images. */
    D_LOSS_REAL,
    /** The discriminator's loss on fakes. */
    D_LOSS_FAKE,
    /** The generator's loss. */
    G_LOSS,
    /** The discriminator's mean output on real images; NaN if it was not recorded. */
    D_OUTPUT_REAL,
    /** The discriminator's mean output on fakes; NaN if it was not recorded. */
    D_OUTPUT_FAKE
  }

  /** A series without steps. */
  public StepSeries() {}

  /** The number of steps. */
  public int steps() {
    return steps;
  }

  /** A column, with a value for each step. */
  @SuppressWarnings("EnumOrdinal") // The values of a step are in the order of the constants.
  public float[] column(Column column) {
    float[] found = new float[steps];
    for (int i = 0; i < steps; i++) {
      found[i] = value(i, column);
    }
    return found;
  }

  // The values of a step are in the order of the constants.
  @SuppressWarnings("EnumOrdinal")
  private float value(int index, Column column) {
    return values[index * COLUMNS + column.ordinal()];
  }

  /** Adds a step. */
  public void add(StepMetrics step) {
    if ((steps + 1) * COLUMNS > values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(values.length, 2));
    }
    float[] row = {
      step.losses().discriminatorReal(),
      step.losses().discriminatorFake(),
      step.losses().generator(),
      step.outputOnReal(),
      step.outputOnFake()
    };
    System.arraycopy(row, 0, values, steps++ * COLUMNS, COLUMNS);
  }

  /** The losses of a step, from 1. */
  public Losses losses(int step) {
    return new Losses(
        value(step - 1, Column.D_LOSS_REAL),
        value(step - 1, Column.D_LOSS_FAKE),
        value(step - 1, Column.G_LOSS));
  }

  /** The discriminator's mean output on the fakes of a step, from 1. */
  public float outputOnFake(int step) {
    return value(step - 1, Column.D_OUTPUT_FAKE);
  }

  /** The mean losses of the last steps. */
  public Losses meanOfLast(int count) {
    int n = Math.max(1, Math.min(count, steps));
    return new Losses(
        meanOfLast(n, Column.D_LOSS_REAL),
        meanOfLast(n, Column.D_LOSS_FAKE),
        meanOfLast(n, Column.G_LOSS));
  }

  private float meanOfLast(int count, Column column) {
    double sum = 0;
    for (int i = Math.max(0, steps - count); i < steps; i++) {
      sum += value(i, column);
    }
    return (float) (sum / count);
  }

  /** All values, float32 {@code [steps, columns]}. */
  NdArray toArray() {
    return NdArray.ofFloats(Arrays.copyOf(values, steps * COLUMNS), List.of(steps, COLUMNS));
  }

  /** Whether {@link #of} accepts an array. */
  static boolean isSeries(NdArray array) {
    return array.dtype() == DType.FLOAT32
        && array.shape().size() == 2
        && array.shape().get(1) == COLUMNS;
  }

  /** The series in an array made by {@link #toArray}. */
  static StepSeries of(NdArray array) {
    StepSeries series = new StepSeries();
    series.steps = array.shape().get(0);
    series.values =
        Arrays.copyOf(array.floats(), Math.max(FIRST_CAPACITY, series.steps * 2) * COLUMNS);
    return series;
  }
}

package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.kerastwin.run.folder.StepSeries.Column;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

class StepSeriesTest {
  private static final int MANY = 5000;

  private static StepSeries series(int steps) {
    StepSeries series = new StepSeries();
    for (int i = 1; i <= steps; i++) {
      series.add(new StepMetrics(new Losses(i, 2 * i, 3 * i), 4 * i, 5 * i));
    }
    return series;
  }

  @Test
  void givesEachColumn() {
    StepSeries series = series(2);
    assertArrayEquals(new float[] {1, 2}, series.column(Column.D_LOSS_REAL));
    assertArrayEquals(new float[] {2, 4}, series.column(Column.D_LOSS_FAKE));
    assertArrayEquals(new float[] {3, 6}, series.column(Column.G_LOSS));
    assertArrayEquals(new float[] {4, 8}, series.column(Column.D_OUTPUT_REAL));
    assertArrayEquals(new float[] {5, 10}, series.column(Column.D_OUTPUT_FAKE));
  }

  @Test
  void averagesTheLastSteps() {
    assertEquals(new Losses(2.5f, 5, 7.5f), series(3).meanOfLast(2));
    assertEquals(new Losses(0, 0, 0), series(0).meanOfLast(2));
  }

  @Test
  void growsAndSurvivesSavingAsAnArray() {
    StepSeries series = StepSeries.of(series(MANY - 1).toArray());
    series.add(new StepMetrics(new Losses(MANY, 2 * MANY, 3 * MANY), 4 * MANY, 5 * MANY));
    assertEquals(series(MANY).toArray(), series.toArray());
    assertEquals(new Losses(MANY, 2 * MANY, 3 * MANY), series.losses(MANY));
  }
}

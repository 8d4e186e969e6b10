package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CurveTest {
  /** A place is a hundredth of a percent of the axis. */
  private static final Curve.Scale UNIT = new Curve.Scale(0, 1);

  private static Curve curve(float... values) {
    return Curve.ofSteps("", "", values);
  }

  @Test
  void drawsEachValueOfAShortCurve() {
    assertEquals("M1 10000L2 5000L3 0", curve(0, 0.5f, 1).rawPath(UNIT));
  }

  @Test
  void leavesGapsWhereValuesAreNotFinite() {
    Curve curve = curve(0, Float.NaN, 1, Float.POSITIVE_INFINITY, 0.5f);
    assertEquals("M1 10000M3 0M5 5000", curve.rawPath(UNIT));
    assertEquals("M1 10000M3 0M5 5000", curve.smoothPath(UNIT));
  }

  @Test
  void cutsValuesFarOutsideTheChart() {
    assertEquals("M1 20000L2 -10000", curve(-100, 100).rawPath(UNIT));
  }

  /** By hand: of 600 values alternating between 0 and 1, every window of 11 holds 5 or 6 ones. */
  @Test
  void smoothsByTheMeanOfAWindow() {
    float[] values = new float[600];
    for (int i = 1; i < values.length; i += 2) {
      values[i] = 1;
    }
    Curve curve = curve(values);
    assertEquals(11, curve.window());
    String[] points = curve.smoothPath(UNIT).split("[ML]\\d+ ", -1);
    assertEquals(Math.round(10_000 - 10_000 * 5 / 11.0), Integer.parseInt(points[8]));
    assertEquals(Math.round(10_000 - 10_000 * 6 / 11.0), Integer.parseInt(points[7]));
  }

  @Test
  void longCurvesKeepTheRangeOfTheirValues() {
    float[] values = new float[100 * Curve.MAX_POINTS];
    Arrays.fill(values, 0.5f);
    values[150] = 0;
    values[151] = 1;
    String path = curve(values).rawPath(UNIT);
    assertTrue(path.contains("L101 10000L101 0L201 5000"), path.substring(0, 80));
  }

  @Test
  void pathsHaveBoundedSize() {
    for (int steps : new int[] {1, 1200, 1201, 23_450, 1_000_000}) {
      Curve curve = curve(new float[steps]);
      long points = curve.smoothPath(UNIT).chars().filter(c -> c == 'M' || c == 'L').count();
      assertTrue(points <= Curve.MAX_POINTS, steps + " steps: " + points);
      assertTrue(points >= Math.min(steps, Curve.MAX_POINTS / 2), steps + " steps: " + points);
    }
  }

  @Test
  void firstAndLastAreMeansOfWindows() {
    float[] values = new float[600];
    Arrays.fill(values, 0, 11, 2);
    Arrays.fill(values, 589, 600, 3);
    assertEquals(2, curve(values).first());
    assertEquals(3, curve(values).last());
  }
}

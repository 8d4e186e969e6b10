package org.kerastwin.report;

/**
 * One line of a chart: values at ascending positions, reduced to a fixed number of points. Values
 * that are not finite leave a gap.
 *
 * @param name the name in the legend
 * @param style its class in the style sheet, which gives it a color and dashes
 * @param x positions, ascending
 * @param y the value at each position
 */
@SuppressWarnings("ArrayRecordComponent")
record Curve(String name, String style, double[] x, float[] y) {
  /** More points than a chart has pixels, so that a part can be enlarged. */
  static final int MAX_POINTS = 1200;

  /** The moving mean covers one of this many parts of the curve. */
  private static final int WINDOWS = 60;

  /** A curve over the steps 1, 2, 3... */
  static Curve ofSteps(String name, String style, float[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1.0;
    }
    return new Curve(name, style, x, y);
  }

  /** The number of values per point. */
  int valuesPerPoint() {
    return Math.max(1, (y.length + MAX_POINTS - 1) / MAX_POINTS);
  }

  /** The number of values in the moving mean: odd, and 1 for short curves. */
  int window() {
    return y.length / WINDOWS / 2 * 2 + 1;
  }

  /** The mean of the last window. */
  double last() {
    return FiniteMean.of(y, y.length - window(), y.length);
  }

  /** The mean of the first window. */
  double first() {
    return FiniteMean.of(y, 0, window());
  }

  /** The means of the windows around each point: a path in the chart's coordinates. */
  String smoothPath(Scale scale) {
    Path path = new Path(scale);
    int reach = window() / 2;
    double[] sums = new double[y.length + 1];
    int[] counts = new int[y.length + 1];
    for (int i = 0; i < y.length; i++) {
      boolean finite = Float.isFinite(y[i]);
      sums[i + 1] = sums[i] + (finite ? y[i] : 0);
      counts[i + 1] = counts[i] + (finite ? 1 : 0);
    }
    for (int from = 0; from < y.length; from += valuesPerPoint()) {
      int middle = Math.min(y.length - 1, from + valuesPerPoint() / 2);
      int low = Math.max(0, middle - reach);
      int high = Math.min(y.length, middle + reach + 1);
      path.to(x[middle], (sums[high] - sums[low]) / (counts[high] - counts[low]));
    }
    return path.toString();
  }

  /** The raw values; for a long curve, the least and the greatest of each group of values. */
  String rawPath(Scale scale) {
    Path path = new Path(scale);
    for (int from = 0; from < y.length; from += valuesPerPoint()) {
      int to = Math.min(y.length, from + valuesPerPoint());
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, Float.isFinite(y[i]) ? y[i] : low);
        high = Math.max(high, Float.isFinite(y[i]) ? y[i] : high);
      }
      path.to(x[from], low);
      if (to - from > 1) {
        path.to(x[from], high);
      }
    }
    return path.toString();
  }

  /**
   * The vertical axis. The curves' own coordinates run from 0 at the top to {@value #HEIGHT}.
   *
   * @param low the value at the bottom
   * @param high the value at the top
   */
  record Scale(double low, double high) {
    static final int HEIGHT = 10_000;

    /** The position of a value; clipped far outside the chart. */
    double place(double value) {
      double place = HEIGHT * (high - value) / (high - low);
      return Math.max(-HEIGHT, Math.min(2 * HEIGHT, place));
    }
  }

  /** The commands of an SVG path. */
  private static final class Path {
    private final Scale scale;
    private final StringBuilder commands = new StringBuilder();
    private boolean drawing;

    Path(Scale scale) {
      this.scale = scale;
    }

    void to(double x, double value) {
      if (!Double.isFinite(value)) {
        drawing = false;
        return;
      }
      commands
          .append(drawing ? 'L' : 'M')
          .append(Math.round(x))
          .append(' ')
          .append(Math.round(scale.place(value)));
      drawing = true;
    }

    @Override
    public String toString() {
      return commands.toString();
    }
  }
}

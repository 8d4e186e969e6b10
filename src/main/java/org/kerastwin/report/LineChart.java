package org.kerastwin.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A chart of curves over the epochs of a run, as a figure with an SVG. At any width the text keeps
 * its size, while the curves stretch. It needs no script, but a script may enlarge a part of it.
 *
 * @param id its unique name in the page
 * @param title the title
 * @param unit the unit of the vertical axis, written above it
 * @param explanation a sentence on how to read it
 * @param reference a value marked by a dashed line, with its meaning; may be empty
 * @param limits the vertical axis; see {@link #limits(List)} for one that fits the curves
 * @param horizontal the horizontal axis
 * @param curves at least one
 */
record LineChart(
    String id,
    String title,
    String unit,
    String explanation,
    Optional<Reference> reference,
    Curve.Scale limits,
    Axis horizontal,
    List<Curve> curves) {
  private static final Template TEMPLATE = Template.of(LineChart.class, "chart.svg");
  private static final int VERTICAL_TICKS = 5;
  private static final int HORIZONTAL_TICKS = 8;

  /** The fraction of values that must be visible; outliers would flatten the rest. */
  private static final double VISIBLE = 0.99;

  /**
   * A value to compare the curves with.
   *
   * @param value the value
   * @param meaning a few words
   */
  record Reference(double value, String meaning) {}

  /**
   * The horizontal axis.
   *
   * @param name of its ticks, such as "epoch"
   * @param perTick units of the curves per tick unit
   * @param end the end, in units of the curves
   */
  record Axis(String name, double perTick, double end) {}

  /** An axis from 0 or less to the highest curve, ignoring outliers. */
  static Curve.Scale limits(List<Curve> curves) {
    double low = 0;
    double high = 0;
    for (Curve curve : curves) {
      float[] finite = finite(curve);
      if (finite.length > 0) {
        Arrays.sort(finite);
        low = Math.min(low, finite[(int) ((1 - VISIBLE) * (finite.length - 1))]);
        high = Math.max(high, finite[(int) Math.ceil(VISIBLE * (finite.length - 1))]);
      }
    }
    return high > low
        ? new Curve.Scale(low, low + 1.05 * (high - low))
        : new Curve.Scale(low, low + 1);
  }

  private static float[] finite(Curve curve) {
    float[] finite = new float[curve.y().length];
    int count = 0;
    for (float value : curve.y()) {
      if (Float.isFinite(value)) {
        finite[count++] = value;
      }
    }
    return Arrays.copyOf(finite, count);
  }

  /** The figure. */
  String html() {
    return TEMPLATE.fill(
        Map.ofEntries(
            Map.entry("id", id),
            Map.entry("title", title),
            Map.entry("unit", unit),
            Map.entry("explanation", explanation),
            Map.entry("alternative", alternative()),
            Map.entry("axis", horizontal.name()),
            Map.entry("perTick", horizontal.perTick()),
            Map.entry("end", Math.round(horizontal.end())),
            Map.entry("height", Curve.Scale.HEIGHT),
            Map.entry("low", limits.low()),
            Map.entry("high", limits.high()),
            Map.entry("reference", reference.map(this::place).orElse("")),
            Map.entry("meaning", reference.map(Reference::meaning).orElse("")),
            Map.entry("yTicks", verticalTicks()),
            Map.entry("xTicks", horizontalTicks()),
            Map.entry("curves", curves.stream().map(this::curve).toList())));
  }

  private String place(Reference marked) {
    return String.valueOf(Math.round(limits.place(marked.value())));
  }

  private Map<String, Object> curve(Curve curve) {
    return Map.of(
        "name", curve.name(),
        "style", curve.style(),
        "last", number(curve.last()),
        "raw", curve.rawPath(limits),
        "smooth", curve.smoothPath(limits));
  }

  /** Describes the curves for people who can't see them. */
  private String alternative() {
    return curves.stream()
        .map(
            curve ->
                "%s: %s at the beginning, %s at the end"
                    .formatted(curve.name(), number(curve.first()), number(curve.last())))
        .collect(Collectors.joining("; ", title + " by " + horizontal.name() + ". ", "."));
  }

  private List<Map<String, Object>> verticalTicks() {
    List<Map<String, Object>> ticks = new ArrayList<>();
    double range = limits.high() - limits.low();
    double step = roundStep(range / VERTICAL_TICKS);
    for (double i = Math.ceil(limits.low() / step); i * step <= limits.high(); i++) {
      double share = (limits.high() - i * step) / range;
      ticks.add(Map.of("at", percent(share), "label", decimal(i * step)));
    }
    return ticks;
  }

  private List<Map<String, Object>> horizontalTicks() {
    List<Map<String, Object>> ticks = new ArrayList<>();
    double last = horizontal.end() / horizontal.perTick();
    double step = Math.max(1, roundStep(last / HORIZONTAL_TICKS));
    for (double tick = 0; tick <= last; tick += step) {
      ticks.add(Map.of("at", percent(tick / last), "label", decimal(tick)));
    }
    return ticks;
  }

  /** The next of 1, 2, 5, 10, 20 and so on, or of 0.5, 0.2, 0.1 and so on. */
  private static double roundStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= atLeast) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** A tick's label with as many digits as needed, rounded in decimal. */
  private static String decimal(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** Three digits, which is more than a noisy loss needs. */
  static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "not finite";
  }
}

package org.kerastwin.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.kerastwin.layers.ShapeException;
import org.kerastwin.weights.WeightSpec;

/** The table that Keras's {@code model.summary()} prints. Keras: {@code utils/summary_utils.py}. */
public final class Summary {
  private static final int[] WIDTHS = {33, 24, 13};
  private static final String ROW =
      "%%s %%-%ds %%s %%-%ds %%s %%%ds %%s".formatted(WIDTHS[0], WIDTHS[1], WIDTHS[2]);

  private Summary() {}

  /** The table of a model, as Keras prints it for {@code line_length=80}. */
  public static String of(Sequential model) {
    List<String> lines = new ArrayList<>();
    lines.add("Model: \"%s\"".formatted(model.name()));
    lines.add(rule("┏", "━", "┳", "┓"));
    lines.add(row("┃", List.of("Layer (type)", "Output Shape", "Param #")));
    lines.add(rule("┡", "━", "╇", "┩"));
    for (LayerNode node : model.nodes()) {
      if (lines.size() > 4) {
        lines.add(rule("├", "─", "┼", "┤"));
      }
      lines.addAll(rows(node));
    }
    lines.add(rule("└", "─", "┴", "┘"));
    lines.add(total("Total", model, weight -> true));
    lines.add(total("Trainable", model, WeightSpec::trainable));
    lines.add(total("Non-trainable", model, weight -> !weight.trainable()));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> rows(LayerNode node) {
    String type = "(" + node.layer().className() + ")";
    String shape = ShapeException.withBatch(node.output());
    String count = grouped(parameters(node.weights(), weight -> true));
    String nameAndType = node.ownName() + " " + type;
    return nameAndType.length() <= WIDTHS[0]
        ? List.of(row("│", List.of(nameAndType, shape, count)))
        : List.of(row("│", List.of(node.ownName(), shape, count)), row("│", List.of(type, "", "")));
  }

  private static String row(String edge, List<String> cells) {
    return ROW.formatted(edge, cells.get(0), edge, cells.get(1), edge, cells.get(2), edge);
  }

  private static String rule(String left, String line, String middle, String right) {
    List<String> parts = new ArrayList<>();
    for (int width : WIDTHS) {
      parts.add(line.repeat(width + 2));
    }
    return left + String.join(middle, parts) + right;
  }

  private static String total(String which, Sequential model, Predicate<WeightSpec> selected) {
    long count = parameters(model.weights().values(), selected);
    return " %s params: %s (%s)".formatted(which, grouped(count), memory(count * Float.BYTES));
  }

  private static long parameters(Iterable<WeightSpec> weights, Predicate<WeightSpec> selected) {
    long count = 0;
    for (WeightSpec weight : weights) {
      count += selected.test(weight) ? weight.size() : 0;
    }
    return count;
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String memory(long bytes) {
    String[] units = {"B", "KB", "MB", "GB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, units[unit]);
  }
}

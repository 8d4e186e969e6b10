package org.kerastwin.parity.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a verification.
 *
 * @param references descriptions of the references, one line each
 * @param comparisons in the order of networks, stages and layers
 * @param notApplicable the omitted comparisons, with reasons
 */
public record Report(
    List<String> references, List<TensorComparison> comparisons, List<String> notApplicable) {
  /** A report without a reference. */
  public Report(List<TensorComparison> comparisons, List<String> notApplicable) {
    this(List.of(), comparisons, notApplicable);
  }

  /** Keeps unmodifiable copies. */
  public Report {
    references = List.copyOf(references);
    comparisons = List.copyOf(comparisons);
    notApplicable = List.copyOf(notApplicable);
  }

  /**
   * One stage of one network.
   *
   * @param network the network
   * @param stage the stage
   * @param comparisons of its tensors, at least one
   */
  public record Row(String network, Stage stage, List<TensorComparison> comparisons) {
    /** The first tensor that differs; if none does, the one that uses most of its tolerance. */
    public TensorComparison worst() {
      TensorComparison worst = comparisons.get(0);
      for (TensorComparison comparison : comparisons) {
        if (!comparison.isSame()) {
          return comparison;
        }
        if (comparison.partOfTolerance() > worst.partOfTolerance()) {
          worst = comparison;
        }
      }
      return worst;
    }

    /** The number of tensors with the expected bits. */
    public long bitEqual() {
      return comparisons.stream().filter(each -> each.difference().bitEqual()).count();
    }

    /** Whether no tensor differs. */
    public boolean isSame() {
      return comparisons.stream().allMatch(TensorComparison::isSame);
    }
  }

  /**
   * The comparisons by network and stage, in the order in which an error propagates: gradients from
   * the last layer to the first.
   */
  public List<Row> rows() {
    Map<String, Map<Stage, List<TensorComparison>>> byNetwork = new LinkedHashMap<>();
    for (TensorComparison comparison : comparisons) {
      byNetwork
          .computeIfAbsent(comparison.network(), network -> new EnumMap<>(Stage.class))
          .computeIfAbsent(comparison.key().stage(), stage -> new ArrayList<>())
          .add(comparison);
    }
    List<Row> rows = new ArrayList<>();
    byNetwork.forEach(
        (network, stages) -> {
          Collections.reverse(stages.getOrDefault(Stage.GRADIENT, List.of()));
          stages.forEach((stage, found) -> rows.add(new Row(network, stage, found)));
        });
    return rows;
  }

  /** The first tensor that differs, in the order in which an error propagates. */
  public Optional<TensorComparison> firstDifference() {
    return rows().stream().filter(row -> !row.isSame()).map(Row::worst).findFirst();
  }

  /** Appends another report. */
  public Report and(Report other) {
    return new Report(
        joined(references, other.references),
        joined(comparisons, other.comparisons),
        joined(notApplicable, other.notApplicable));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}

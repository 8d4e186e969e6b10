package org.kerastwin.parity.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a verification found.
 *
 * @param references what was compared with: a line each
 * @param verdicts in the order of networks, stages and layers
 * @param notApplicable what was not compared, and why
 */
public record Report(
    List<String> references, List<TensorComparison> verdicts, List<String> notApplicable) {
  /** Of checks that need no reference. */
  public Report(List<TensorComparison> verdicts, List<String> notApplicable) {
    this(List.of(), verdicts, notApplicable);
  }

  /** Keeps unmodifiable copies. */
  public Report {
    references = List.copyOf(references);
    verdicts = List.copyOf(verdicts);
    notApplicable = List.copyOf(notApplicable);
  }

  /**
   * A row of the table.
   *
   * @param network the network
   * @param stage the stage
   * @param verdicts of its tensors, at least one
   */
  public record Row(String network, Stage stage, List<TensorComparison> verdicts) {
    /** The tensor that fits least: the first that differs, else the largest by its tolerance. */
    public TensorComparison worst() {
      TensorComparison worst = verdicts.get(0);
      for (TensorComparison verdict : verdicts) {
        if (!verdict.isSame()) {
          return verdict;
        }
        if (verdict.partOfTolerance() > worst.partOfTolerance()) {
          worst = verdict;
        }
      }
      return worst;
    }

    /** How many tensors are what was expected, bit for bit. */
    public long sameBits() {
      return verdicts.stream().filter(verdict -> verdict.difference().sameBits()).count();
    }

    /** Whether all tensors are what was expected. */
    public boolean isSame() {
      return verdicts.stream().allMatch(TensorComparison::isSame);
    }
  }

  /**
   * The verdicts by network and stage, each in the order in which a difference spreads: gradients
   * from the last layer to the first.
   */
  public List<Row> rows() {
    Map<String, Map<Stage, List<TensorComparison>>> byNetwork = new LinkedHashMap<>();
    for (TensorComparison verdict : verdicts) {
      byNetwork
          .computeIfAbsent(verdict.network(), network -> new EnumMap<>(Stage.class))
          .computeIfAbsent(verdict.key().stage(), stage -> new ArrayList<>())
          .add(verdict);
    }
    List<Row> rows = new ArrayList<>();
    byNetwork.forEach(
        (network, stages) -> {
          Collections.reverse(stages.getOrDefault(Stage.GRADIENT, List.of()));
          stages.forEach((stage, found) -> rows.add(new Row(network, stage, found)));
        });
    return rows;
  }

  /** The first tensor that differs, in the order in which a difference spreads. */
  public Optional<TensorComparison> firstDifference() {
    return rows().stream().filter(row -> !row.isSame()).map(Row::worst).findFirst();
  }

  /** Both reports as one, this one first. */
  public Report and(Report other) {
    List<TensorComparison> all = new ArrayList<>(verdicts);
    all.addAll(other.verdicts);
    List<String> left = new ArrayList<>(notApplicable);
    left.addAll(other.notApplicable);
    List<String> compared = new ArrayList<>(references);
    compared.addAll(other.references);
    return new Report(compared, all, left);
  }
}

package org.kerastwin.parity.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;

/**
 * The layers of a network in their order.
 *
 * @param network its name
 * @param layers the names of the layers
 * @param firstDifferent the layer of the first difference, if there is one
 */
record NetworkDiagram(String network, List<String> layers, Optional<String> firstDifferent) {
  /** The diagrams of all networks whose layers were compared. */
  static List<NetworkDiagram> of(Report report) {
    Map<String, Set<String>> chains = new LinkedHashMap<>();
    for (TensorComparison comparison : report.comparisons()) {
      if (comparison.key().stage() == Stage.LAYER) {
        chains
            .computeIfAbsent(comparison.network(), network -> new LinkedHashSet<>())
            .add(withoutMode(comparison.key().name()));
      }
    }
    return chains.entrySet().stream()
        .map(
            chain ->
                new NetworkDiagram(
                    chain.getKey(),
                    List.copyOf(chain.getValue()),
                    firstDifferent(report, chain.getKey(), chain.getValue())))
        .toList();
  }

  private static Optional<String> firstDifferent(
      Report report, String network, Set<String> layers) {
    return report.rows().stream()
        .filter(row -> row.network().equals(network) && !row.isSame())
        .map(row -> layer(row.worst(), layers))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The layer that a tensor belongs to: its own name, or a part of its path. */
  private static Optional<String> layer(TensorComparison comparison, Set<String> layers) {
    for (String part : comparison.key().name().split("/", -1)) {
      if (layers.contains(withoutMode(part))) {
        return Optional.of(withoutMode(part));
      }
    }
    return Optional.empty();
  }

  private static String withoutMode(String name) {
    return name.replaceFirst("\\.training$", "");
  }
}

package org.kerastwin.parity.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorDifference;

/** A report as JSON: the result, the first difference, and every measure of every tensor. */
final class JsonReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonReport() {}

  static String of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("same", report.firstDifference().isEmpty());
    report.firstDifference().ifPresent(first -> root.set("first_difference", node(first)));
    ArrayNode references = root.putArray("references");
    report.references().forEach(references::add);
    ArrayNode tensors = root.putArray("tensors");
    report.comparisons().forEach(comparison -> tensors.add(node(comparison)));
    ArrayNode notApplicable = root.putArray("not_applicable");
    report.notApplicable().forEach(notApplicable::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode node(TensorComparison comparison) {
    TensorDifference difference = comparison.difference();
    ObjectNode node = JSON.createObjectNode();
    node.put("network", comparison.network());
    node.put("stage", comparison.key().stage().id());
    node.put("tensor", comparison.key().name());
    node.put("same", comparison.isSame());
    node.put("same_bits", difference.bitEqual());
    node.put("finite", difference.finite());
    number(node, "max_absolute", difference.maxAbsolute());
    number(node, "relative_l2", difference.relativeL2());
    number(node, "ulp_p50", difference.ulpMedian());
    number(node, "ulp_p99", difference.ulp99());
    number(node, "cosine", difference.cosine());
    ArrayNode worst = node.putArray("worst_position");
    comparison.worst().forEach(worst::add);
    node.put("tolerance", comparison.tolerance().name());
    node.put("tolerance_relative_l2", comparison.accepted());
    node.put("kink", comparison.kink());
    node.put("tolerance_reason", comparison.tolerance().reason());
    comparison
        .float64()
        .ifPresent(
            float64 -> {
              number(node, "float64_ours", float64.ours());
              number(node, "float64_keras", float64.keras());
            });
    return node;
  }

  /** Writes numbers that are not finite as null: JSON has no NaN. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}

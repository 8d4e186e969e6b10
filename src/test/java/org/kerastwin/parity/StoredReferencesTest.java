package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.StageTolerances;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;

/** Compares our graphs with the stored references of all networks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredReferencesTest {
  static final List<String> NETWORKS = StoredReferences.NETWORKS;

  private final Map<String, Report> fast = new HashMap<>();

  private Report fast(String network) {
    return fast.computeIfAbsent(network, name -> report(name, Pass.Form.FAST));
  }

  private static Report report(String network, Pass.Form form) {
    return Verification.of(
            StoredReferences.read(network), Device.CPU, form, ProgramSettings.NOTEBOOK)
        .run();
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void everyStageEqualsKeras(String network) {
    Report report = report(network, Pass.Form.EXACT);
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    assertEquals(List.of(), report.notApplicable());
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void fastGraphEqualsKerasUpToRounding(String network) {
    Report report = fast(network);
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    assertFalse(
        rowsWithOtherBits(report).isEmpty(),
        "expected some other bits than those of the exact graph");
  }

  private static List<Stage> rowsWithOtherBits(Report report) {
    return report.rows().stream()
        .filter(row -> row.bitEqual() < row.comparisons().size())
        .map(Report.Row::stage)
        .toList();
  }

  /** The fast graph never makes the upsampled images; it has all other tensors. */
  @Test
  void fastGraphOmitsOnlyUpsampledImages() {
    Report report = fast("upsampling");
    assertEquals(
        List.of(
            "inference/up_sampling2d",
            "inference/up_sampling2d_1",
            "training/up_sampling2d",
            "training/up_sampling2d_1"),
        report.notApplicable().stream()
            .map(reason -> reason.replaceFirst("upsampling, (.*?):.*", "$1"))
            .toList());
  }

  /**
   * Kinks must not hide the smallest fault. Moments of Adam have no fault of their own; wrong
   * gradients differ in their own stage first.
   */
  @ParameterizedTest
  @FieldSource("NETWORKS")
  void kinksStayBelowTheSmallestFault(String network) {
    StoredReferences.read(network)
        .tensors()
        .forEach(
            (key, expected) -> {
              Tolerance tolerance = StageTolerances.of(network, key);
              assertTrue(
                  key.name().contains("optimizer/")
                      || expected.kink() == 0
                      || tolerance.relativeL2() + expected.kink() < tolerance.smallestFault(),
                  () -> key + " " + expected.kink());
            });
  }

  /** On one thread the fast graph rounds differently, and an input of a LeakyReLU crosses 0. */
  @Test
  void storedReferencesHoldKinks() {
    assertTrue(
        StoredReferences.read("upsampling").meta().kinks().keySet().stream()
            .anyMatch(key -> key.startsWith("trajectory/1/generator/")));
  }
}

package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kerastwin.graph.Device;

/** Our graphs against what Keras computed, for every network. */
class StoredReferencesTest {
  static final List<String> NETWORKS = StoredReferences.NETWORKS;

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void everyStageIsKerass(String network) {
    Report report = Verification.of(StoredReferences.read(network), Device.CPU);
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    assertEquals(List.of(), report.notApplicable());
  }
}

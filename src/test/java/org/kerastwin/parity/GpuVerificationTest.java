package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.runtime.Device;
import org.tensorflow.DeviceSpec.DeviceType;

/** A verification for a GPU; where there is none, soft placement has it run on the CPU. */
class GpuVerificationTest {
  private static final String NETWORK = "transposed-literal";

  @Test
  void whatRunsOnAGpuHasItsTolerancesAndWhatDoesNotHasTheProcessors() {
    Device gpu = new Device(DeviceType.GPU, 0, OptionalDouble.empty());
    Report report = Verification.of(StoredReferences.read(NETWORK), gpu, Pass.Form.EXACT);
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    for (Report.Row row : report.rows()) {
      for (TensorComparison verdict : row.verdicts()) {
        Tolerance onProcessor = Tolerance.of(NETWORK, verdict.key());
        boolean isLoadedAgain = row.stage() == Stage.SAVEDMODEL || row.stage() == Stage.GRID;
        assertEquals(
            isLoadedAgain ? onProcessor : onProcessor.onGpu(),
            verdict.tolerance(),
            () -> verdict.key().toString());
      }
    }
  }
}

package org.kerastwin.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.StageTolerances;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;
import org.tensorflow.DeviceSpec.DeviceType;

/** A verification for a GPU. Without one, soft placement runs it on the CPU. */
class GpuVerificationTest {
  private static final String NETWORK = "transposed-literal";

  @Test
  void usesGpuTolerancesOnlyForTensorsComputedOnTheGpu() {
    Device gpu = new Device(DeviceType.GPU, 0, OptionalDouble.empty());
    Report report =
        Verification.of(
            StoredReferences.read(NETWORK), gpu, Pass.Form.EXACT, ProgramSettings.NOTEBOOK);
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    for (Report.Row row : report.rows()) {
      for (TensorComparison comparison : row.comparisons()) {
        Tolerance onProcessor = StageTolerances.of(NETWORK, comparison.key());
        boolean isLoadedAgain = row.stage() == Stage.SAVEDMODEL || row.stage() == Stage.GRID;
        assertEquals(
            isLoadedAgain ? onProcessor : onProcessor.onGpu(),
            comparison.tolerance(),
            () -> comparison.key().toString());
      }
    }
  }
}

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
                StoredReferences.read(NETWORK), gpu, Pass.Form.EXACT, ProgramSettings.NOTEBOOK)
            .run();
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().get().describe());
    for (Report.Row row : report.rows()) {
      for (TensorComparison comparison : row.comparisons()) {
        Tolerance onCpu = StageTolerances.of(NETWORK, comparison.key());
        // SavedModels always run on the CPU.
        boolean isSavedModel = row.stage() == Stage.SAVEDMODEL;
        assertEquals(
            isSavedModel ? onCpu : onCpu.onGpu(),
            comparison.tolerance(),
            () -> comparison.key().toString());
      }
    }
  }
}

package org.kerastwin.parity.stages;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/** Stages that need no whole network, each compared with the stored reference on its own. */
class SingleStagesTest {
  private final Reference reference = StoredReferences.read("discriminator");
  private final Reference ofGenerator = StoredReferences.read("transposed");

  private static Implementation ours(Reference reference, Pass.Form form) {
    return Implementation.of(reference.meta(), Device.CPU, form);
  }

  @Test
  void everyLayerEqualsKeras() {
    StageResult found = EveryLayerStage.compute(reference, ours(reference, Pass.Form.EXACT));
    assertEqual(reference, found.tensors());
    assertEqual(found.comparisons());
  }

  @Test
  void everyFastLayerEqualsKeras() {
    assertEqual(
        reference, EveryLayerStage.compute(reference, ours(reference, Pass.Form.FAST)).tensors());
  }

  @Test
  void stepsOfCustomNetworksEqualKeras() {
    assertEqual(
        reference, CustomNetworksStage.compute(reference, ours(reference, Pass.Form.EXACT)));
  }

  @Test
  void imagesOfFilesEqualNumpy() throws IOException {
    assertEqual(reference, DatasetStage.compute(reference));
  }

  @Test
  void modelsOfFilesEqualKeras() throws IOException {
    StageResult found = KerasFilesStage.compute(reference);
    assertEqual(reference, found.tensors());
    assertEqual(found.comparisons());
  }

  @Test
  void optimizersEqualKeras() {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    Implementation ours = ours(reference, Pass.Form.EXACT);
    NamedRandom draws = new NamedRandom(reference.meta().seed());
    found.putAll(AdamStage.compute(ours, draws));
    found.putAll(AdamStage.computeOther(ours, draws));
    found.putAll(LossStage.compute(ours));
    assertEqual(reference, found);
  }

  @Test
  void settingsAndDrawsEqualNumpy() throws IOException {
    Implementation ours = ours(ofGenerator, Pass.Form.EXACT);
    assertEqual(
        ofGenerator,
        TrainingLoopStages.compute(ours, ProgramSettings.NOTEBOOK, ofGenerator.meta().seed()));
  }

  @Test
  void savedModelsEqualKeras() throws IOException {
    Implementation ours = ours(ofGenerator, Pass.Form.EXACT);
    NamedRandom draws = new NamedRandom(ofGenerator.meta().seed());
    WeightMap initial =
        SeededWeights.initial(ours.network(), ofGenerator.meta().seed(), Device.CPU);
    StageResult found =
        SavedModelStage.compute(
            ofGenerator,
            ours.network(),
            SeededWeights.moved(initial, draws),
            draws.input(ours.network(), ofGenerator.meta().batch()));
    assertEqual(ofGenerator, found.tensors());
    assertEqual(found.comparisons());
  }

  @Test
  void shortRunsEqualKeras() throws IOException {
    StageResult found =
        new ResumeStage("transposed", ours(ofGenerator, Pass.Form.EXACT), ofGenerator.meta().seed())
            .compute();
    assertEqual(ofGenerator, found.tensors());
    assertEqual(found.comparisons());
  }

  @Test
  void picturesEqualNumpy() throws IOException {
    NamedRandom draws = new NamedRandom(ofGenerator.meta().seed());
    assertEqual(ofGenerator, GridStage.compute(ProgramSettings.NOTEBOOK.grid(), draws));
  }

  private static void assertEqual(Reference reference, Map<TensorKey, NdArray> found) {
    assertTrue(reference.tensors().keySet().containsAll(found.keySet()), () -> "more than Keras");
    assertEqual(
        found.entrySet().stream()
            .map(each -> reference.compare(each.getKey(), each.getValue()))
            .toList());
  }

  private static void assertEqual(List<TensorComparison> comparisons) {
    assertFalse(comparisons.isEmpty());
    assertAll(comparisons.stream().map(each -> () -> assertTrue(each.isSame(), each::describe)));
  }
}

package org.kerastwin.parity.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.models.SavedModelOutput;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.stages.SeededWeights;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/** The forms of a model agree with each other. */
class ModelChecksTest {
  private static final String BIAS = "generator/dense/bias";

  private final Sequential network = Dcgan.generator(Variant.TRANSPOSED_LITERAL, 10);
  private final WeightMap weights =
      SeededWeights.moved(SeededWeights.initial(network, 1, Device.CPU), new NamedRandom(1));

  @Test
  void validModelsAreTheSameInAllForms() {
    Report report = checks(weights).run();
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().toString());
    for (String form : List.of(".npz", ".keras", ".weights.h5", ".h5")) {
      TensorKey images = new TensorKey(Stage.FILES, form + "/output");
      assertTrue(report.comparisons().stream().anyMatch(v -> v.key().equals(images)), form);
    }
    assertEquals(
        Set.of(Stage.FILES, Stage.SAVEDMODEL),
        report.rows().stream().map(Report.Row::stage).collect(Collectors.toSet()));
  }

  @Test
  void reportsNanAsADifference() {
    Map<String, NdArray> damaged = new LinkedHashMap<>(weights.tensors());
    float[] bias = damaged.get(BIAS).floats();
    bias[3] = Float.NaN;
    damaged.put(BIAS, NdArray.ofFloats(bias, List.of(bias.length)));
    TensorComparison first = checks(new WeightMap(damaged)).run().firstDifference().orElseThrow();
    assertEquals("files/.npz/" + BIAS, first.key().toString());
    assertEquals(3, first.difference().worstIndex());
  }

  /** The weights of a frozen SavedModel are constants of its graph. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsSavedModelsAsTheyAre(boolean frozen, @TempDir Path folder) {
    Path saved = folder.resolve("saved");
    new SavedModelOutput(saved).write(network, weights, frozen);
    assertEquals(Optional.empty(), checks(weights).ofSavedModel(saved).firstDifference());
  }

  private ModelChecks checks(WeightMap values) {
    return new ModelChecks("transposed-literal", network, values);
  }
}

package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.kerasmodel.AdamState;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Layer;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.models.ModelSource;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.testing.Zeros;
import org.kerastwin.weights.WeightMap;

/** Tensors that are missing, extra or misshapen are named, in every form of a model. */
class UnfitModelTest {
  private static final String VELOCITY = "optimizer/generator/dense/bias/velocity";
  private static final String MOMENTUM = "optimizer/generator/dense/bias/momentum";
  private static final String BIAS = "generator/dense/bias";

  @TempDir static Path folder;

  private static CommandFolder work;

  @BeforeAll
  static void copyRun() throws IOException {
    work = CommandFolder.withRun(folder);
  }

  @Test
  void readsRunStates() {
    assertEquals(ExitCode.DONE, verifyNpz(state -> {}).code());
  }

  @Test
  void rejectsArchivesWithUnknownTensors() {
    assertRefused(
        "missing [generator/dense/bias], extra [discriminator2/x, stray/kernel]",
        verifyNpz(
            state -> {
              state.put("stray/kernel", state.get(BIAS));
              state.put("discriminator2/x", state.remove(BIAS));
            }));
  }

  @Test
  void rejectsArchivesWithoutAnAdamSlot() {
    assertRefused(
        "missing [%s], extra [optimizer/generator/m]".formatted(VELOCITY),
        verifyNpz(state -> state.put("optimizer/generator/m", state.remove(VELOCITY))));
  }

  @Test
  void rejectsArchivesWithMisshapenSlots() {
    assertRefused(VELOCITY, verifyNpz(state -> state.put(VELOCITY, scalar())));
  }

  @ParameterizedTest
  @ValueSource(strings = {".keras", ".h5"})
  void rejectsKerasFilesWithMisshapenSlots(String ending) {
    assertRefused(MOMENTUM, verify(withMisshapenSlot("slot" + ending)));
  }

  /** The file does not name its optimizer. */
  @Test
  void dropsMisshapenSlotsOfWeightsFiles() {
    Invocation done =
        verify(withMisshapenSlot("slot.weights.h5"), "--variant", Variant.UPSAMPLING.label());
    assertEquals(ExitCode.DONE, done.code(), done.err());
    assertTrue(done.out().contains("its optimizer is not a supported Adam"), done.out());
  }

  @Test
  void rejectsSavedModelsWithoutVariables() throws IOException {
    Sequential whole = Dcgan.generator(Variant.TRANSPOSED, 7);
    Layer[] layers =
        whole.nodes().stream()
            .filter(node -> !node.name().equals("batch_normalization_1"))
            .map(LayerNode::layer)
            .toArray(Layer[]::new);
    Sequential cut = new Sequential(whole.name(), whole.inputShape(), layers);
    Path saved = folder.resolve("cut");
    SavedModelWriter.write(ModelGraph.of(cut), Zeros.of(cut), saved);
    assertRefused(
        "missing [generator/batch_normalization_1/beta, generator/batch_normalization_1/gamma,"
            + " generator/batch_normalization_1/moving_mean,"
            + " generator/batch_normalization_1/moving_variance], extra []",
        verify(saved));
  }

  /** Nothing is allocated for the declared size until the file is known to hold that much. */
  @Test
  void rejectsKernelsThatDeclareBillionsOfNumbers() {
    NdArray none = NdArray.ofFloats(new float[0], List.of(Integer.MAX_VALUE, 0));
    assertRefused(
        "[generator/dense/kernel]': expected FLOAT32 [2147483647, 6272], received FLOAT32"
            + " [2147483647, 0]",
        verifyNpz(state -> state.put("generator/dense/kernel", none)));
  }

  private static Invocation verifyNpz(Consumer<Map<String, NdArray>> damage) {
    Map<String, NdArray> state =
        new LinkedHashMap<>(Npz.readAll(new RunFiles(work.path("run")).checkpoint()));
    damage.accept(state);
    Path npz = folder.resolve("model.npz");
    Npz.write(npz, state, Compression.STORED);
    return verify(npz, "--variant", Variant.UPSAMPLING.label());
  }

  private static Path withMisshapenSlot(String name) {
    ModelFile read = new ModelSource(work.path("run"), Optional.empty(), Optional.empty()).read();
    AdamState adam = read.optimizer().orElseThrow();
    Map<String, NdArray> slots = new LinkedHashMap<>(adam.slots().tensors());
    slots.put(MOMENTUM, scalar());
    AdamState unfit = new AdamState(adam.settings(), new WeightMap(slots));
    Path file = folder.resolve(name);
    new ModelFile(read.model(), read.weights(), Optional.of(unfit)).write(file);
    return file;
  }

  private static NdArray scalar() {
    return NdArray.ofFloats(new float[1], List.of(1));
  }

  private static Invocation verify(Path model, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "verify";
    arguments[1] = "--model";
    arguments[2] = model.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Invocation.of(arguments);
  }

  private static void assertRefused(String expected, Invocation refused) {
    assertEquals(ExitCode.ENVIRONMENT, refused.code(), refused.out());
    assertTrue(refused.err().contains(expected), refused.err());
  }
}

package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.data.Split;
import org.kerastwin.graph.Device;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.Python;
import org.kerastwin.weights.WeightMap;

/**
 * Keras and the exact form train side by side on MNIST, on one machine, and agree in every bit: 20
 * steps with the notebook's settings. Needs {@code mnist.npz} in the folder that the environment
 * variable KERASTWIN_MNIST names.
 */
@Tag("live")
class ExactTrainingTest {
  private static final String FOLDER = "KERASTWIN_MNIST";
  private static final int STEPS = 20;
  private static final int SEED = 42;

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"UPSAMPLING", "TRANSPOSED"})
  void lossesAndStateAreThoseOfKerasToTheBit(Variant variant) throws Exception {
    assumeTrue(System.getenv(FOLDER) != null, FOLDER + " names no folder with mnist.npz");
    Path mnist = Path.of(System.getenv(FOLDER), "mnist.npz");
    Path keras = temporary.resolve("keras");
    Python.run(
        Path.of("tools/train.py"),
        "--variant",
        variant,
        "--mnist",
        mnist,
        "--seed",
        SEED,
        "--steps",
        STEPS,
        "--output",
        keras);
    Path ours = temporary.resolve("ours");
    train(variant, new Split(Npz.read(mnist, "x_train"), Npz.read(mnist, "y_train")), ours);

    assertEquals(
        Files.readString(keras.resolve("history.csv")),
        Files.readString(ours.resolve("history.csv")));
    Map<String, NdArray> expected = Npz.readAll(keras.resolve("weights-%06d.npz".formatted(STEPS)));
    Map<String, NdArray> found = new LinkedHashMap<>(Npz.readAll(RunFolder.checkpoint(ours)));
    found.keySet().removeIf(name -> name.startsWith("random/") || name.startsWith("training/"));
    assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(found.keySet()));
    expected.forEach((path, tensor) -> assertEquals(tensor, found.get(path), path));
  }

  private static void train(Variant variant, Split images, Path output) {
    GanSettings notebook = GanSettings.notebook(variant);
    RunConfig config =
        new RunConfig(
            variant,
            1,
            notebook.batchSize(),
            notebook.learningRate(),
            notebook.beta1(),
            notebook.noiseDim(),
            notebook.realLabel(),
            notebook.statistics(),
            Pass.Form.EXACT,
            SEED,
            1,
            Map.of(),
            new RunConfig.Source("mnist", "mnist", "mnist.npz", ""),
            Map.of());
    try (RunFolder folder = RunFolder.create(output)) {
      new Trainer(config, folder, images, Device.CPU, new NoArtifacts(), new NoListener())
          .begin(new Trainer.Limits(OptionalLong.of(STEPS), () -> false));
    }
  }

  private static final class NoArtifacts implements Artifacts {
    @Override
    public void writeImages(Path png, NdArray samples) {}

    @Override
    public void writeKerasModel(Path file, WeightMap generator) {}

    @Override
    public void writeSavedModel(Path folder, WeightMap generator) {}
  }

  private static final class NoListener implements TrainingListener {
    @Override
    public void epochStarted(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {}

    @Override
    public void stepDone(Losses losses) {}

    @Override
    public void epochEnded(int epoch, Losses mean, Path images) {}
  }
}

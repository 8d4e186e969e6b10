package org.kerastwin.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.testing.Python;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * Python loads SavedModels from Java and gives the same images, and vice versa. Needs tensorflow,
 * keras and numpy; {@code mvn verify -Plive -Dpython=/path/to/python}.
 */
@Tag("live")
class PythonLoadsSavedModelTest {
  private static final Path SCRIPTS = Path.of("src/test/python");

  /** Keras and a session order the same sums differently; images lie in [-1, 1]. */
  private static final float OTHER_SESSION = 2e-6f;

  private static final int ROWS = 6;

  private final TinyGenerator.Model generator = TinyGenerator.of(1);
  private final NdArray noise = TinyGenerator.noise(ROWS);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeArrays() {
    folder = temporary.resolve("saved_model");
    Npy.write(temporary.resolve("noise.npy"), noise);
    Npy.write(temporary.resolve("images.npy"), generator.run(noise, ROWS));
  }

  @Test
  void everyConsumerLoadsModelsWithVariables() throws Exception {
    SavedModelWriter.write(generator.graph(), generator.weights(), folder);
    check(8, 6);
  }

  @Test
  void everyConsumerLoadsFrozenModels() throws Exception {
    SavedModelWriter.write(
        generator.graph().frozen(generator.weights()), generator.weights(), folder);
    check(0, 0);
  }

  @Test
  void readsModelsExportedByKeras() throws Exception {
    Python.run(
        SCRIPTS.resolve("export_keras_model.py"),
        folder.toString(),
        temporary.resolve("noise.npy").toString(),
        temporary.resolve("images.f4").toString());
    FloatBuffer images =
        ByteBuffer.wrap(Files.readAllBytes(temporary.resolve("images.f4")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] expected = new float[images.remaining()];
    images.get(expected);
    try (LoadedModel model = LoadedModel.open(folder)) {
      assertEquals(List.of(-1L, 6L, 6L, 1L), model.output().shape());
      assertArrayEquals(expected, model.run(noise, ROWS).floats(), OTHER_SESSION);
      WeightMap variables = SavedModelFolder.open(folder).variables();
      assertEquals(generator.weights().paths(), variables.paths());
      assertTrue(WeightTypes.of(generator.weights()).areOf(variables));
      assertArrayEquals(
          new float[] {0.5f, 0.5f, 0.5f, 0.5f},
          variables.get("generator/batch_normalization/moving_mean").floats());
    }
  }

  private void check(int variables, int trainable) throws IOException, InterruptedException {
    Python.run(
        SCRIPTS.resolve("check_saved_model.py"),
        folder.toString(),
        temporary.resolve("noise.npy").toString(),
        temporary.resolve("images.npy").toString(),
        "--variables",
        Integer.toString(variables),
        Integer.toString(trainable));
  }
}

package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Npz;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.weights.WeightMap;

/**
 * A model with a frozen layer, which its optimizer does not train.
 * src/test/python/make_keras_fixtures.py made it.
 */
class FrozenModelTest {
  private static final Path FIXTURES = Path.of("src/test/resources/keras/files");

  /** Sums in another order change the last bits of images, which are at most 1. */
  private static final float SAME_KERNELS = 1e-6f;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"frozen.keras", "frozen.h5"})
  void givesTheImagesOfKeras(String name) {
    Path noise = folder.resolve("noise.npy");
    Path images = folder.resolve("images.npy");
    Npy.write(noise, Npz.read(FIXTURES.resolve("frozen.npz"), "input"));
    Invocation done =
        Invocation.of(
            "generate",
            "--exact",
            "--model=" + FIXTURES.resolve(name),
            "--noise=" + noise,
            "--output=" + images);
    assertEquals(ExitCode.DONE, done.code(), done.err());
    float[] expected = Npz.read(FIXTURES.resolve("frozen.npz"), "output").floats();
    assertArrayEquals(expected, Npy.read(images).floats(), SAME_KERNELS);
  }

  /** Keras wrote the same Adam in both layouts. */
  @Test
  void readsTheAdamOfTheOtherLayers() {
    WeightMap slots = slots("frozen.keras");
    assertEquals(slots, slots("frozen.h5"));
    assertTrue(slots.under("optimizer/generator/dense/").paths().isEmpty(), slots.toString());
    assertFalse(
        slots.under("optimizer/generator/conv2d_transpose/").paths().isEmpty(), slots.toString());
  }

  private static WeightMap slots(String name) {
    ModelFile model = ModelFile.read(FIXTURES.resolve(name), Optional.empty());
    return model.optimizer().orElseThrow().slots();
  }

  /** Frozen after it was compiled: the optimizer still has all its slots. */
  @Test
  void keepsCompleteAdams() throws IOException {
    String trained = "\"name\": \"dense\", \"trainable\": true";
    ModelFile later = changed("generator.keras", trained, trained.replace("true", "false"));
    assertTrue(later.optimizer().isPresent());
  }

  /** Thawed after it was compiled: in Keras too, such an optimizer is not loaded. */
  @Test
  void dropsAdamsOfSomeLayers() throws IOException {
    ModelFile thawed = changed("frozen.keras", "\"trainable\": false", "\"trainable\": true");
    assertTrue(thawed.model().frozen().isEmpty());
    assertTrue(thawed.optimizer().isEmpty());
    assertTrue(thawed.hasOtherOptimizer());
  }

  /** A file of Keras with another text in its description. */
  private ModelFile changed(String name, String from, String to) throws IOException {
    Path file = Files.copy(FIXTURES.resolve(name), folder.resolve(name));
    try (FileSystem archive = FileSystems.newFileSystem(file)) {
      Path config = archive.getPath("config.json");
      String text = Files.readString(config);
      assertTrue(text.contains(from), text);
      Files.writeString(config, text.replace(from, to));
    }
    return ModelFile.read(file, Optional.empty());
  }
}

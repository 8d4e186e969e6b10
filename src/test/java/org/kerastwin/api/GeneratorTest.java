package org.kerastwin.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.kerastwin.testing.Closeness.assertClose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

class GeneratorTest {
  private static final Path FILES = Path.of("src/test/resources/keras/files");
  private static final Path DIGITS = Path.of("saved_models/upsampling");

  /**
   * The fast graph adds in another order than Keras, which gives up to 4e-7. A wrong epsilon gives
   * 1e-3.
   */
  private static final double ROUNDING = 1e-5;

  @Test
  void givesTheImagesOfKeras() {
    Map<String, NdArray> fixture = Npz.readAll(FILES.resolve("generator.npz"));
    try (Generator generator = Generator.load(FILES.resolve("generator.keras"))) {
      assertEquals(3, generator.noiseDim());
      Images images = generator.generate(fixture.get("input").floats());
      assertEquals(List.of(4, 8, 8, 1), images.shape());
      NdArray received = NdArray.ofFloats(images.pixels(), images.shape());
      assertClose(fixture.get("output"), received, ROUNDING, "images");
    }
  }

  @Test
  void givesEveryThreadTheSameImages() throws InterruptedException, ExecutionException {
    try (Generator generator = Generator.load(DIGITS)) {
      float[] expected = generator.generate(4, 7).pixels();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<float[]>> results = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          results.add(threads.submit(() -> generator.generate(4, 7).pixels()));
        }
        for (Future<float[]> result : results) {
          assertArrayEquals(expected, result.get());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void drawsPngs() throws IOException {
    try (Generator generator = Generator.load(DIGITS)) {
      Images images = generator.generate(5, 0);
      assertEquals(5, images.count());
      var single = ImageIO.read(new ByteArrayInputStream(images.png(4)));
      assertEquals(28, single.getWidth());
      // Three columns and two rows, with gaps of two pixels.
      var grid = ImageIO.read(new ByteArrayInputStream(images.gridPng()));
      assertEquals(3 * 28 + 2 * 2, grid.getWidth());
      assertEquals(2 * 28 + 2, grid.getHeight());
      assertThrows(IndexOutOfBoundsException.class, () -> images.png(5));
    }
  }

  @Test
  void rejectsNoiseOfAnotherLength() {
    try (Generator generator = Generator.load(FILES.resolve("generator.keras"))) {
      assertThrows(IllegalArgumentException.class, () -> generator.generate(new float[4]));
      assertThrows(IllegalArgumentException.class, () -> generator.generate(new float[0]));
    }
  }

  @Test
  void rejectsOtherModels() {
    Path missing = FILES.resolve("missing.keras");
    assertThrows(EnvironmentException.class, () -> Generator.load(missing));
    Path discriminator = FILES.resolve("discriminator.keras");
    assertThrows(EnvironmentException.class, () -> Generator.load(discriminator));
    Path weights = FILES.resolve("generator.weights.h5");
    assertThrows(UsageException.class, () -> Generator.load(weights, "upsamplin"));
  }
}

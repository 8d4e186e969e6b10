package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Npz;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.testing.Zeros;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/** Generators and noise from other programs. */
class ForeignGeneratorTest {
  private static final Path FIXTURES = Path.of("src/test/resources/keras/files");

  @TempDir Path folder;

  /** {@code numpy.random.normal} gives float64; Keras's {@code predict} rounds it. */
  @Test
  void roundsNoiseOfDoublePrecision() {
    NdArray single = Npz.read(FIXTURES.resolve("frozen.npz"), "input");
    ByteBuffer doubles =
        ByteBuffer.allocate(single.size() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : single.floats()) {
      // Too small to survive rounding.
      doubles.putDouble(value * (1 + 1e-12));
    }
    NdArray twice = new NdArray(DType.FLOAT64, single.shape(), doubles.rewind());
    assertEquals(images("single", single), images("double", twice));
  }

  private NdArray images(String name, NdArray noise) {
    Npy.write(folder.resolve("noise.npy"), noise);
    Path output = folder.resolve(name + ".npy");
    generate(FIXTURES.resolve("frozen.keras"), output, "--noise=" + folder.resolve("noise.npy"));
    return Npy.read(output);
  }

  /** The logistic function of -20 is 2e-9: black, where -1 is black for other generators. */
  @Test
  void drawsSigmoidImagesFromBlackToWhite() throws IOException {
    Sequential model =
        new Sequential(
            Dcgan.GENERATOR,
            Shape.of(2),
            new Dense(4, Function.SIGMOID),
            new Reshape(Shape.of(2, 2, 1)));
    Map<String, NdArray> weights = new LinkedHashMap<>(Zeros.of(model).tensors());
    weights.computeIfPresent(
        "generator/dense/bias",
        (path, zeros) -> NdArray.ofFloats(new float[] {-20, 0, 0, 20}, zeros.shape()));
    Path file = folder.resolve("g.keras");
    new ModelFile(model, new WeightMap(weights), Optional.empty()).write(file);
    Path picture = folder.resolve("one.png");
    generate(file, picture, "--count=1");
    int[] pixels = ImageIO.read(picture.toFile()).getRaster().getPixels(0, 0, 2, 2, (int[]) null);
    assertEquals(0, pixels[0]);
    assertEquals(128, pixels[1]);
    assertEquals(255, pixels[3]);
  }

  private static void generate(Path model, Path output, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "generate";
    arguments[1] = "--model=" + model;
    arguments[2] = "--output=" + output;
    System.arraycopy(options, 0, arguments, 3, options.length);
    Invocation done = Invocation.of(arguments);
    assertEquals(ExitCode.DONE, done.code(), done.err());
  }
}

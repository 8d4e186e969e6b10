import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Draws a grid of digits with a generator that was exported as a SavedModel. Needs TensorFlow-Java
 * ({@code org.tensorflow:tensorflow-core-platform:1.1.0}) and nothing else:
 *
 * <pre>java -cp CLASSPATH GenerateDigits.java saved_models/upsampling digits.png</pre>
 */
public final class GenerateDigits {
  private static final int COLUMNS = 10;
  private static final int COUNT = COLUMNS * COLUMNS;
  private static final int NOISE_DIM = 100;
  private static final int SIZE = 28;

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(0);
    try (SavedModelBundle model = SavedModelBundle.load(arguments[0], "serve");
        TFloat32 noise = TFloat32.tensorOf(Shape.of(COUNT, NOISE_DIM))) {
      noise.scalars().forEach(scalar -> scalar.setFloat((float) random.nextGaussian()));
      SessionFunction generator = model.function("serving_default");
      try (Result result = generator.call(Map.of("noise", noise))) {
        TFloat32 images = (TFloat32) result.get("images").orElseThrow(); // [100, 28, 28, 1]
        ImageIO.write(grid(images), "png", new File(arguments[1]));
      }
    }
  }

  private static BufferedImage grid(TFloat32 images) {
    BufferedImage grid =
        new BufferedImage(COLUMNS * SIZE, COLUMNS * SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < COUNT; i++) {
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int grey = Math.round((images.getFloat(i, y, x, 0) + 1) * 127.5f);
          grid.getRaster().setSample(i % COLUMNS * SIZE + x, i / COLUMNS * SIZE + y, 0, grey);
        }
      }
    }
    return grid;
  }
}

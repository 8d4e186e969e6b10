import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Draws a grid of digits with a generator in ONNX's form. Needs ONNX Runtime and nothing else. Its
 * jar comes from Maven, the model from our SavedModel and tf2onnx (tools/requirements-onnx.txt):
 *
 * <pre>
 * python -m tf2onnx.convert --saved-model saved_models/upsampling --output generator.onnx
 * mvn dependency:copy -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.23.2 -DoutputDirectory=target/onnxruntime
 * java -cp 'target/onnxruntime/*' src/example/java/GenerateDigitsWithOnnxRuntime.java generator.onnx digits.png
 * </pre>
 */
public final class GenerateDigitsWithOnnxRuntime {
  private static final int COLUMNS = 10;
  private static final int COUNT = COLUMNS * COLUMNS;
  private static final int NOISE_DIM = 100;
  private static final int SIZE = 28;

  public static void main(String[] arguments) throws IOException, OrtException {
    Random random = new Random(0);
    FloatBuffer noise = FloatBuffer.allocate(COUNT * NOISE_DIM);
    while (noise.hasRemaining()) {
      noise.put((float) random.nextGaussian());
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {COUNT, NOISE_DIM};
    try (OrtSession generator = environment.createSession(arguments[0]);
        OnnxTensor input = OnnxTensor.createTensor(environment, noise.flip(), shape);
        OrtSession.Result result = generator.run(Map.of("noise", input))) {
      OnnxTensor images = (OnnxTensor) result.get("images").orElseThrow(); // [100, 28, 28, 1]
      ImageIO.write(grid(images.getFloatBuffer()), "png", new File(arguments[1]));
    }
  }

  private static BufferedImage grid(FloatBuffer images) {
    BufferedImage grid =
        new BufferedImage(COLUMNS * SIZE, COLUMNS * SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < COUNT; i++) {
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int grey = Math.round((images.get() + 1) * 127.5f);
          grid.getRaster().setSample(i % COLUMNS * SIZE + x, i / COLUMNS * SIZE + y, 0, grey);
        }
      }
    }
    return grid;
  }
}

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * MODEL NOISE IMAGES: TensorFlow-Java alone runs a SavedModel on noise, 100 raw little-endian
 * float32 a row.
 */
public final class RunSavedModel {
  private static final int NOISE_DIM = 100;

  public static void main(String[] arguments) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1])));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    float[] noise = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(noise);
    Shape shape = Shape.of(noise.length / NOISE_DIM, NOISE_DIM);
    try (SavedModelBundle model = SavedModelBundle.load(arguments[0], "serve");
        TFloat32 input = TFloat32.tensorOf(shape, DataBuffers.of(noise));
        Result result = model.function("serving_default").call(Map.of("noise", input))) {
      TFloat32 images = (TFloat32) result.get("images").orElseThrow();
      ByteBuffer output = ByteBuffer.allocate((int) images.size() * Float.BYTES);
      output.order(ByteOrder.LITTLE_ENDIAN);
      images.scalars().forEach(value -> output.putFloat(value.getFloat()));
      Files.write(Path.of(arguments[2]), output.array());
    }
  }
}

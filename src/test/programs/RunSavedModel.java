import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Runs a SavedModel with TensorFlow-Java alone. Arguments: MODEL INPUT OUTPUT SIZE..., where INPUT
 * and OUTPUT hold raw little-endian float32, and SIZE... is the shape of one row of INPUT.
 */
public final class RunSavedModel {
  public static void main(String[] arguments) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1])));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    Shape sample =
        Shape.of(Arrays.stream(arguments).skip(3).mapToLong(Long::parseLong).toArray());
    Shape shape = Shape.of(values.length / sample.size()).append(sample);
    try (SavedModelBundle model = SavedModelBundle.load(arguments[0], "serve");
        TFloat32 input = TFloat32.tensorOf(shape, DataBuffers.of(values));
        Result result = model.function("serving_default").call(Map.of(inputName(model), input))) {
      TFloat32 images = (TFloat32) result.get(0);
      ByteBuffer output = ByteBuffer.allocate((int) images.size() * Float.BYTES);
      output.order(ByteOrder.LITTLE_ENDIAN);
      images.scalars().forEach(value -> output.putFloat(value.getFloat()));
      Files.write(Path.of(arguments[2]), output.array());
    }
  }

  private static String inputName(SavedModelBundle model) {
    return model.function("serving_default").signature().inputNames().iterator().next();
  }
}

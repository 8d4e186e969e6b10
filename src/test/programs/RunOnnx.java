import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * FILE.onnx NOISE IMAGES: ONNX Runtime alone runs a model on noise, 100 raw little-endian float32 a
 * row.
 */
public final class RunOnnx {
  private static final int NOISE_DIM = 100;

  public static void main(String[] arguments) throws IOException, OrtException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1])));
    FloatBuffer noise = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    long[] shape = {noise.remaining() / NOISE_DIM, NOISE_DIM};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(arguments[0]);
        OnnxTensor input = OnnxTensor.createTensor(environment, noise, shape);
        OrtSession.Result result = session.run(Map.of("noise", input))) {
      FloatBuffer images = ((OnnxTensor) result.get("images").orElseThrow()).getFloatBuffer();
      ByteBuffer output = ByteBuffer.allocate(images.remaining() * Float.BYTES);
      output.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(images);
      Files.write(Path.of(arguments[2]), output.array());
    }
  }
}

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
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Runs an ONNX model with ONNX Runtime alone. Arguments: FILE.onnx INPUT OUTPUT SIZE..., where INPUT
 * and OUTPUT hold raw little-endian float32, and SIZE... is the shape of one row of INPUT.
 */
public final class RunOnnx {
  public static void main(String[] arguments) throws IOException, OrtException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1])));
    FloatBuffer values = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    long[] sample = Arrays.stream(arguments).skip(3).mapToLong(Long::parseLong).toArray();
    long rows = values.remaining() / Arrays.stream(sample).reduce(1, (a, b) -> a * b);
    long[] shape = LongStream.concat(LongStream.of(rows), Arrays.stream(sample)).toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(arguments[0]);
        OnnxTensor input = OnnxTensor.createTensor(environment, values, shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer images = ((OnnxTensor) result.get(0)).getFloatBuffer();
      ByteBuffer output = ByteBuffer.allocate(images.remaining() * Float.BYTES);
      output.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(images);
      Files.write(Path.of(arguments[2]), output.array());
    }
  }
}

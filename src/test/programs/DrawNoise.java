import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes the noise of the Java examples as raw little-endian float32. Argument: FILE. */
public final class DrawNoise {
  public static void main(String[] arguments) throws IOException {
    Random random = new Random(0);
    ByteBuffer noise = ByteBuffer.allocate(100 * 100 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (noise.hasRemaining()) {
      noise.putFloat((float) random.nextGaussian());
    }
    Files.write(Path.of(arguments[0]), noise.array());
  }
}

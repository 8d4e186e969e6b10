package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.kerastwin.io.NdArray;

@EnabledIfEnvironmentVariable(
    named = "KERASTWIN_MNIST",
    matches = ".+",
    disabledReason =
        "KERASTWIN_MNIST does not name a folder with mnist.npz and MNIST's four gzip files")
class RealMnistTest {
  private Path folder;

  @BeforeEach
  void find() {
    folder = Path.of(System.getenv("KERASTWIN_MNIST"));
  }

  @Test
  void idxFilesMatchThePublishedData() throws NoSuchAlgorithmException {
    assertIsMnist(load(folder));
  }

  @Test
  void npzEqualsIdxFiles() throws NoSuchAlgorithmException {
    assertIsMnist(load(folder.resolve("mnist.npz")));
  }

  private static Dataset load(Path path) {
    DatasetEnvironment environment = Samples.environment(path, Samples.REFUSED);
    return new DatasetSource(
            environment,
            Samples.SHAPE,
            warning -> {
              throw new AssertionError(warning);
            })
        .load(path.toString());
  }

  private static void assertIsMnist(Dataset mnist) throws NoSuchAlgorithmException {
    assertEquals(
        List.of("(60000, 28, 28)", "(60000,)", "(10000, 28, 28)", "(10000,)", "1.0", "-1.0"),
        mnist.reportLines());
    // The MD5 of the published files, which begin with a header of their own.
    assertEquals("6bbc9ace898e44ae57da46a324031adb", md5(mnist.train().images()));
    assertEquals("a25bea736e30d166cdddb491f175f624", md5(mnist.train().labels().orElseThrow()));
    assertEquals("2646ac647ad5339dbf082846283269ea", md5(mnist.test().orElseThrow().images()));
    assertEquals(
        "27ae3e4e09519cfbb04c329615203637", md5(mnist.test().orElseThrow().labels().orElseThrow()));
  }

  private static String md5(NdArray array) throws NoSuchAlgorithmException {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * array.shape().size());
    header.putInt(0x800 + array.shape().size());
    array.shape().forEach(header::putInt);
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(header.flip());
    digest.update(array.data());
    return HexFormat.of().formatHex(digest.digest());
  }
}

package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;

class DatasetSourceTest {
  private static final byte[] SMALL = Samples.smallNpz();

  private final List<String> warnings = new ArrayList<>();

  @TempDir Path folder;

  private HttpServer server;
  private URI url;
  private Path cached;
  private int requests;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/mnist.npz",
        exchange -> {
          requests++;
          exchange.sendResponseHeaders(200, SMALL.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(SMALL);
          }
        });
    server.start();
    url = URI.create("http://127.0.0.1:%d/mnist.npz".formatted(server.getAddress().getPort()));
    cached = folder.resolve("keras/datasets/mnist.npz");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras/datasets/mnist.npz", "user/.keras/datasets/mnist.npz"})
  void usesTheCacheOfKeras(String place) throws IOException {
    put(folder.resolve(place), SMALL);
    Dataset dataset = load("auto", Samples.REFUSED);
    assertTrue(Samples.isSmall(dataset));
    assertEquals("mnist", dataset.name());
    assertEquals(folder.resolve(place).toString(), dataset.origin());
    assertEquals(List.of(), warnings);
  }

  @Test
  void usesTheHomeFolderWithoutKerasHome() {
    DatasetEnvironment set = Samples.environment(folder, url);
    DatasetEnvironment unset =
        new DatasetEnvironment(
            Optional.empty(),
            set.userHome(),
            set.url(),
            set.sha256(),
            set.connectTimeout(),
            set.idleTimeout());
    Path users = folder.resolve("user/.keras/datasets/mnist.npz");
    assertEquals(List.of(cached, users), set.cacheFiles());
    assertEquals(cached, set.downloadFile());
    assertEquals(List.of(users), unset.cacheFiles());
    assertEquals(users, unset.downloadFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "mnist"})
  void cachesTheDownload(String choice) throws IOException {
    assertTrue(Samples.isSmall(load(choice, url)));
    assertArrayEquals(SMALL, Files.readAllBytes(cached));
    Dataset again = load(choice, url);
    assertEquals(cached.toString(), again.origin());
    assertEquals(1, requests);
    assertEquals(List.of(), warnings);
  }

  @Test
  void autoFallsBackToDigitsAndSaysWhy() {
    Dataset dataset = load("auto", Samples.REFUSED);
    assertEquals("digits", dataset.name());
    assertEquals("embedded", dataset.origin());
    assertEquals(
        List.of("(60000, 28, 28)", "(60000,)", "(10000, 28, 28)", "(10000,)", "1.0", "-1.0"),
        dataset.reportLines());
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("digits"), warnings.get(0));
    assertTrue(warnings.get(0).contains(Samples.REFUSED.toString()), warnings.get(0));
  }

  @Test
  void mnistNeverFallsBack() {
    String message =
        assertThrows(EnvironmentException.class, () -> load("mnist", Samples.REFUSED)).getMessage();
    assertTrue(message.contains("Put mnist.npz at '%s'".formatted(cached)), message);
    assertEquals(List.of(), warnings);
  }

  @Test
  void replacesDamagedCaches() throws IOException {
    put(cached, Arrays.copyOf(SMALL, SMALL.length / 2));
    assertTrue(Samples.isSmall(load("auto", url)));
    assertArrayEquals(SMALL, Files.readAllBytes(cached));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains(cached.toString()), warnings.get(0));
  }

  /** What only adds to a result must not fail, and must not download. */
  @Test
  void readsOnlyTheCacheIfAsked() throws IOException {
    assertEquals(Optional.empty(), source(url).cachedMnist());
    assertEquals(List.of(), warnings);
    put(cached, Arrays.copyOf(SMALL, SMALL.length / 2));
    assertEquals(Optional.empty(), source(url).cachedMnist());
    assertEquals(1, warnings.size());
    put(cached, SMALL);
    assertTrue(Samples.isSmall(source(url).cachedMnist().orElseThrow()));
    assertEquals(0, requests);
  }

  @Test
  void keepsDamagedCachesWithoutADownload() throws IOException {
    byte[] damaged = {1, 2, 3};
    put(cached, damaged);
    assertEquals("digits", load("auto", Samples.REFUSED).name());
    assertArrayEquals(damaged, Files.readAllBytes(cached));
    assertEquals(2, warnings.size());
    assertThrows(EnvironmentException.class, () -> load("mnist", Samples.REFUSED));
  }

  @Test
  void usesDownloadsThatCannotBeCached() throws IOException {
    Files.writeString(folder.resolve("keras"), "a file in the way of the folder");
    Dataset dataset = load("mnist", url);
    assertTrue(Samples.isSmall(dataset));
    assertEquals(url.toString(), dataset.origin());
    assertTrue(warnings.get(0).contains("not kept"), warnings.get(0));
  }

  @Test
  void readsPaths() {
    Dataset dataset = load(Samples.file("small.npz").toString(), Samples.REFUSED);
    assertTrue(Samples.isSmall(dataset));
    assertEquals("small", dataset.name());
    assertEquals(Samples.file("small.npz").toString(), dataset.origin());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsIdxFolders(boolean gzip) throws IOException {
    Path made = idxFolder(gzip);
    Dataset dataset = load(made.toString(), Samples.REFUSED);
    assertTrue(Samples.isSmall(dataset));
    assertEquals("idx", dataset.name());
    assertEquals(made.toString(), dataset.origin());
  }

  @Test
  void rejectsMissingPaths() throws IOException {
    assertTrue(refusal(folder.resolve("missing.npz")).contains("no such file"));
    assertTrue(refusal(Files.createDirectory(folder.resolve("empty"))).contains("an empty folder"));
    refusal(Files.createFile(folder.resolve("empty.npz")));
    refusal(Samples.file("stored.npz"));
    refusal(Samples.file("images.idx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\0b"})
  void rejectsInvalidPaths(String choice) {
    assertThrows(UsageException.class, () -> load(choice, Samples.REFUSED));
  }

  private Dataset load(String choice, URI from) {
    return source(from).load(choice);
  }

  private DatasetSource source(URI from) {
    return new DatasetSource(Samples.environment(folder, from), Samples.SHAPE, warnings::add);
  }

  private String refusal(Path path) {
    return assertThrows(EnvironmentException.class, () -> load(path.toString(), url)).getMessage();
  }

  private Path idxFolder(boolean gzip) throws IOException {
    Path made = Files.createDirectories(folder.resolve("idx"));
    Map<String, NdArray> arrays = Npz.readAll(Samples.file("small.npz"));
    idx(made, "train-images-idx3-ubyte", arrays.get("x_train"), gzip);
    idx(made, "train-labels-idx1-ubyte", arrays.get("y_train"), gzip);
    idx(made, "t10k-images-idx3-ubyte", arrays.get("x_test"), gzip);
    idx(made, "t10k-labels-idx1-ubyte", arrays.get("y_test"), gzip);
    return made;
  }

  private static void idx(Path made, String name, NdArray array, boolean gzip) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * array.shape().size());
    header.putInt(0x800 + array.shape().size());
    array.shape().forEach(header::putInt);
    try (OutputStream file = Files.newOutputStream(made.resolve(gzip ? name + ".gz" : name));
        OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
      out.write(header.array());
      out.write(array.bytes());
    }
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}

package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;

class NpzTest {
  /** Offset of the inflated size in an entry of the central directory, from its signature. */
  private static final int CENTRAL_SIZE = 24;

  /** Offset of the CRC in the same entry. */
  private static final int CENTRAL_CRC = 16;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsArchivesOfNumPy(String name) {
    Map<String, NdArray> arrays = Npz.readAll(NumpyFiles.file(name));
    assertEquals(List.of("images", "layer/kernel"), List.copyOf(arrays.keySet()));
    assertEquals(NdArray.ofBytes(sequence(24), List.of(2, 3, 4)), arrays.get("images"));
    assertArrayEquals(NumpyFiles.FLOATS, arrays.get("layer/kernel").floats());
    assertEquals(arrays.get("images"), Npz.read(NumpyFiles.file(name), "images"));
  }

  @Test
  void namesTheArraysThatExist() {
    String message = NumpyFiles.refusal(() -> Npz.read(NumpyFiles.file("stored.npz"), "x_train"));
    assertTrue(message.contains("x_train") && message.contains("images"), message);
  }

  @Test
  void namesOnlySomeOfManyArrays() {
    Path file = folder.resolve("many.npz");
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      arrays.put("array" + i, NdArray.ofBytes(sequence(1), List.of(1)));
    }
    Npz.write(file, arrays, ZipWriter.Compression.STORED);
    String message = NumpyFiles.refusal(() -> Npz.read(file, "x_train"));
    assertTrue(message.contains("array4.npy] and 95 others"), message);
  }

  @Test
  void givesAdviceForOtherFiles() {
    String message = NumpyFiles.refusal(() -> Npz.readAll(NumpyFiles.file("float32.npy")));
    assertTrue(
        message.endsWith("Rename the file so that its name ends as its format requires."), message);
  }

  @ParameterizedTest
  @EnumSource(ZipWriter.Compression.class)
  void writesTheSameBytesForTheSameArrays(ZipWriter.Compression compression) throws IOException {
    Map<String, NdArray> arrays = Npz.readAll(NumpyFiles.file("stored.npz"));
    Path first = folder.resolve("first.npz");
    Npz.write(first, arrays, compression);
    TimeZone zone = TimeZone.getDefault();
    Path second = folder.resolve("second.npz");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      Npz.write(second, arrays, compression);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertEquals(-1, Files.mismatch(first, second));
    assertEquals(arrays, Npz.readAll(first));
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(Npz.readAll(first).keySet()));
  }

  @Test
  void storesArraysUncompressed() throws IOException {
    Path file = folder.resolve("stored.npz");
    Map<String, NdArray> arrays = Map.of("a", NdArray.ofBytes(sequence(24), List.of(24)));
    Npz.write(file, arrays, ZipWriter.Compression.STORED);
    assertTrue(text(Files.readAllBytes(file)).contains(text(sequence(24))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.npy",
        "/a.npy",
        "b/../../a.npy",
        "C:a.npy",
        "b\\..\\a.npy",
        "..",
        "a.txt",
        ".npy"
      })
  void rejectsOtherNames(String name) throws IOException {
    Path file = zip(Map.of(name, npy()));
    NumpyFiles.refusal(() -> Npz.readAll(file));
  }

  @Test
  void rejectsDuplicates() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a.npy", npy());
    entries.put("b.npy", npy());
    Path file = zip(entries);
    String doubled = text(Files.readAllBytes(file)).replace("b.npy", "a.npy");
    Files.write(file, doubled.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(NumpyFiles.refusal(() -> Npz.readAll(file)).contains("twice"));
  }

  @Test
  void rejectsOtherArchives() throws IOException {
    NumpyFiles.refusal(() -> Npz.readAll(NumpyFiles.file("no_arrays.npz")));
    NumpyFiles.refusal(() -> Npz.readAll(NumpyFiles.file("float32.npy")));
    NumpyFiles.refusal(() -> Npz.readAll(folder));
    NumpyFiles.refusal(() -> Npz.readAll(folder.resolve("missing.npz")));
    Path empty = Files.createFile(folder.resolve("empty.npz"));
    NumpyFiles.refusal(() -> Npz.readAll(empty));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void rejectsEveryCut(String name) throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file(name));
    Path file = folder.resolve("cut.npz");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      NumpyFiles.refusal(() -> Npz.readAll(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void detectsEveryChangedByte(String name) throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file(name));
    List<NdArray> expected = List.copyOf(Npz.readAll(NumpyFiles.file(name)).values());
    Path file = folder.resolve("changed.npz");
    SplittableRandom random = new SplittableRandom(1);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) random.nextInt(1, 256);
      Files.write(file, changed);
      try {
        // Changes of times or names, for example, do not affect the arrays.
        assertEquals(expected, List.copyOf(Npz.readAll(file).values()), "byte " + at);
      } catch (EnvironmentException e) {
        assertTrue(e.getMessage().contains("expected"), e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ZipWriter.Compression.class)
  void checksTheCrcOfEveryEntry(ZipWriter.Compression compression) throws IOException {
    Path file = folder.resolve("crc.npz");
    Npz.write(file, Map.of("a", NdArray.ofBytes(sequence(24), List.of(24))), compression);
    patch(file, CENTRAL_CRC, 0x12345678);
    String message = NumpyFiles.refusal(() -> Npz.readAll(file));
    assertTrue(message.contains("CRC 12345678"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 151, 153, 100_000, 0x3fff_ffff, 0x7fff_ffff, -2})
  void rejectsFalseSizesBeforeAllocating(int size) throws IOException {
    for (ZipWriter.Compression compression : ZipWriter.Compression.values()) {
      Path file = folder.resolve("size.npz");
      Npz.write(file, Map.of("a", NdArray.ofBytes(sequence(24), List.of(24))), compression);
      patch(file, CENTRAL_SIZE, size);
      NumpyFiles.refusal(() -> Npz.readAll(file));
    }
  }

  @Test
  void rejectsBombsByTheirDeclaredSize() throws IOException {
    Path file = folder.resolve("bomb.npz");
    byte[] noise = new byte[2 << 20];
    new SplittableRandom(1).nextBytes(noise);
    Map<String, NdArray> arrays = Map.of("a", NdArray.ofBytes(noise, List.of(noise.length)));
    Npz.write(file, arrays, ZipWriter.Compression.DEFLATED);
    // Two megabytes could inflate to that much, so only the limit rejects it.
    patch(file, CENTRAL_SIZE, (int) FileLimits.BYTES + 1);
    String message = NumpyFiles.refusal(() -> Npz.readAll(file));
    assertTrue(message.contains("at most " + FileLimits.BYTES), message);
  }

  @Test
  void rejectsEntriesLargerThanTheirHeader() throws IOException {
    Path file = zip(Map.of("a.npy", Arrays.copyOf(npy(), 1 << 20)));
    NumpyFiles.refusal(() -> Npz.readAll(file));
  }

  @Test
  void rejectsUnsafeNamesWhenWriting() {
    Path file = folder.resolve("unsafe.npz");
    Map<String, NdArray> arrays = Map.of("../a", NdArray.ofBytes(sequence(1), List.of(1)));
    NumpyFiles.refusal(() -> Npz.write(file, arrays, ZipWriter.Compression.STORED));
    assertTrue(Files.notExists(file));
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve("made.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry stored = new ZipEntry(entry.getKey());
        CRC32 crc = new CRC32();
        crc.update(entry.getValue());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getValue().length);
        stored.setCrc(crc.getValue());
        zip.putNextEntry(stored);
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  /** Changes a number in the central directory of an archive with one entry. */
  private static void patch(Path file, int offset, int value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int entry = text(bytes).indexOf("PK\1\2");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + offset, value);
    Files.write(file, bytes);
  }

  private static byte[] npy() throws IOException {
    return Files.readAllBytes(NumpyFiles.file("uint8.npy"));
  }

  private static byte[] sequence(int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final int SIGNED_BYTE = 9;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"images.idx", "images.idx.gz"})
  void readsPlainAndGzip(String name) {
    NdArray images = Idx.read(NumpyFiles.file(name));
    assertEquals(List.of(2, 3, 4), images.shape());
    for (int i = 0; i < 24; i++) {
      assertEquals(i, images.bytes()[i]);
    }
  }

  @Test
  void readsOneDimension() {
    NdArray labels = Idx.read(NumpyFiles.file("labels.idx"));
    assertEquals(List.of(5), labels.shape());
    assertArrayEquals(new byte[] {0, 1, 127, -128, -1}, labels.bytes());
  }

  @Test
  void recognizesGzipByContent() throws IOException {
    Path misnamed = folder.resolve("images.idx");
    Files.copy(NumpyFiles.file("images.idx.gz"), misnamed);
    assertEquals(Idx.read(NumpyFiles.file("images.idx")), Idx.read(misnamed));
    Path other = folder.resolve("other.gz");
    Files.copy(NumpyFiles.file("images.idx"), other);
    assertEquals(Idx.read(NumpyFiles.file("images.idx")), Idx.read(other));
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    byte[] plain = Files.readAllBytes(NumpyFiles.file("images.idx"));
    Path file = folder.resolve("members.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(gzip(Arrays.copyOf(plain, 10)));
      out.write(gzip(Arrays.copyOfRange(plain, 10, plain.length)));
    }
    assertEquals(Idx.read(NumpyFiles.file("images.idx")), Idx.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"images.idx", "images.idx.gz", "labels.idx"})
  void rejectsEveryTruncation(String name) throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file(name));
    Path file = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      NumpyFiles.refusal(() -> Idx.read(file));
    }
  }

  @Test
  void rejectsOtherHeaders() throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file("images.idx"));
    Path plain = folder.resolve("plain");
    Path packed = folder.resolve("packed");
    for (int at = 0; at < 16; at++) {
      for (int value : new int[] {0, 1, 2, 4, 5, 9, 13, 0x7f, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        boolean isOtherType = at == 2 && value == SIGNED_BYTE;
        if (!Arrays.equals(whole, changed) && !isOtherType) {
          Files.write(plain, changed);
          NumpyFiles.refusal(() -> Idx.read(plain));
          Files.write(packed, gzip(changed));
          NumpyFiles.refusal(() -> Idx.read(packed));
        }
      }
    }
  }

  /** The type, and {@code [[1, -2]]} in it. */
  @ParameterizedTest
  @CsvSource({
    "09, 01fe",
    "0b, 0001fffe",
    "0c, 00000001fffffffe",
    "0d, 3f800000c0000000",
    "0e, 3ff0000000000000c000000000000000"
  })
  void readsEveryType(String type, String elements) throws IOException {
    Path file = folder.resolve("typed");
    String header = "0000" + type + "02" + "00000001" + "00000002";
    Files.write(file, HexFormat.of().parseHex(header + elements));
    NdArray array = Idx.read(file);
    assertEquals(List.of(1, 2), array.shape());
    double[] numbers = new double[2];
    for (int i = 0; i < 2; i++) {
      numbers[i] =
          switch (array.dtype()) {
            case INT32 -> array.data().asIntBuffer().get(i);
            case FLOAT32 -> array.data().asFloatBuffer().get(i);
            default -> array.data().asDoubleBuffer().get(i);
          };
    }
    assertArrayEquals(new double[] {1, -2}, numbers);
  }

  @Test
  void rejectsOverflowingDimensions() throws IOException {
    Path file = folder.resolve("huge");
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x803);
    Files.write(file, header.putInt(1 << 30).putInt(1 << 30).putInt(16).array());
    NumpyFiles.refusal(() -> Idx.read(file));
  }

  @Test
  void checksTheCrcOfGzip() throws IOException {
    byte[] packed = Files.readAllBytes(NumpyFiles.file("images.idx.gz"));
    packed[packed.length - 8] ^= 1;
    Path file = folder.resolve("crc.gz");
    Files.write(file, packed);
    assertTrue(NumpyFiles.refusal(() -> Idx.read(file)).contains("damaged"));
  }

  @Test
  void rejectsMissingFilesAndFolders() {
    NumpyFiles.refusal(() -> Idx.read(folder));
    NumpyFiles.refusal(() -> Idx.read(folder.resolve("missing")));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}

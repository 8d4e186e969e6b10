package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  @Test
  void readsEveryTypeOfNumPy() {
    assertArrayEquals(new byte[] {0, 1, 127, -128, -1}, read("uint8").bytes());
    assertEquals(ints(Integer.MIN_VALUE, Integer.MAX_VALUE), read("int32"));
    assertArrayEquals(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 42}, read("int64").longs());
    assertEquals(-1e300, read("float64").data().asDoubleBuffer().get(1));
    assertEquals(0.1, read("float64").data().asDoubleBuffer().get(0));
  }

  @Test
  void readsOtherTypesAsWiderOnes() {
    assertArrayEquals(new byte[] {1, 0}, read("bool").bytes());
    assertEquals(ints(Byte.MIN_VALUE, Byte.MAX_VALUE), flat(read("int8")));
    assertEquals(ints(Short.MIN_VALUE, 258), flat(read("int16")));
    assertEquals(ints(65535, 258), flat(read("uint16")));
    assertArrayEquals(new long[] {4294967295L, 1}, read("uint32").longs());
    assertArrayEquals(
        new float[] {1.5f, -65504, 0x1p-24f, -0.0f, Float.POSITIVE_INFINITY, Float.NaN},
        read("float16").floats());
    assertArrayEquals(new float[] {0.5f, -1.25f}, read("big_endian").floats());
  }

  /** As {@link #ints} shapes it. */
  private static NdArray flat(NdArray array) {
    return new NdArray(array.dtype(), List.of(1, array.size()), array.data());
  }

  @Test
  void readsScalarsAndEmptyArrays() {
    assertEquals(List.of(), read("scalar").shape());
    assertArrayEquals(new float[] {2.5f}, read("scalar").floats());
    assertEquals(List.of(0, 3), read("empty").shape());
  }

  @Test
  void readsFortranOrder() {
    NdArray array = read("fortran");
    assertEquals(List.of(2, 3, 4), array.shape());
    assertArrayEquals(LongStream.range(0, 24).toArray(), array.longs());
    assertEquals(List.of(0, 3), read("fortran_empty").shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "version2", "version3"})
  void readsEveryVersion(String name) {
    NdArray array = read(name);
    assertEquals(List.of(2, 3), array.shape());
    assertArrayEquals(NumpyFiles.FLOATS, array.floats());
  }

  @ParameterizedTest
  @ValueSource(strings = {"uint8", "int32", "int64", "float32", "float64", "scalar", "empty"})
  void writesTheBytesOfNumPy(String name) throws IOException {
    Path copy = folder.resolve("copy.npy");
    Npy.write(copy, read(name));
    assertArrayEquals(Files.readAllBytes(NumpyFiles.file(name + ".npy")), Files.readAllBytes(copy));
  }

  @ParameterizedTest
  @CsvSource({
    "refused_uint64, unsigned integer",
    "refused_complex, complex",
    "refused_text, text",
    "refused_structured, structured",
    "refused_object, pickle",
  })
  void rejectsOtherTypesByName(String name, String reason) {
    String message = NumpyFiles.refusal(() -> read(name));
    assertTrue(message.contains(reason), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'more': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': '6'}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (7,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (5,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536)}",
        "{'descr': '<f4', 'fortran_order': 'no', 'shape': (6,)}",
        "{'descr': False, 'fortran_order': False, 'shape': (6,)}",
        "{'descr': '<', 'fortran_order': False, 'shape': (6,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,)",
        "__import__('os')",
      })
  void rejectsMalformedHeaders(String dictionary) throws IOException {
    Path file = folder.resolve("malformed.npy");
    Files.write(file, withHeader(dictionary, 24));
    NumpyFiles.refusal(() -> Npy.read(file));
  }

  @Test
  void acceptsAnotherOrderOfFieldsAndOtherSpaces() throws IOException {
    Path file = folder.resolve("other.npy");
    String dictionary = "{'shape':( 2,3 ),'fortran_order':False,  'descr':'<f4'}";
    Files.write(file, withHeader(dictionary, 24));
    assertEquals(List.of(2, 3), Npy.read(file).shape());
  }

  @Test
  void rejectsShapesOfManyDimensions() throws IOException {
    Path file = folder.resolve("deep.npy");
    String shape = "1,".repeat(4500);
    Files.write(
        file,
        withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (%s)}".formatted(shape), 4));
    NumpyFiles.refusal(() -> Npy.read(file));
  }

  @Test
  void rejectsEveryTruncationAndExtraByte() throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file("float32.npy"));
    Path file = folder.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      NumpyFiles.refusal(() -> Npy.read(file));
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    NumpyFiles.refusal(() -> Npy.read(file));
  }

  @Test
  void rejectsUnknownVersionsAndHugeHeaders() throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.file("version2.npy"));
    Path file = folder.resolve("changed.npy");
    int[][] changes = {{0, 'x'}, {6, 0}, {6, 4}, {7, 1}, {9, 0xff}, {11, 0x7f}, {11, 0xff}};
    for (int[] change : changes) {
      byte[] changed = whole.clone();
      changed[change[0]] = (byte) change[1];
      Files.write(file, changed);
      NumpyFiles.refusal(() -> Npy.read(file));
    }
  }

  @Test
  void rejectsWhatIsNotAFile() {
    assertTrue(NumpyFiles.refusal(() -> Npy.read(folder)).contains("a folder"));
    Path missing = folder.resolve("missing.npy");
    assertTrue(NumpyFiles.refusal(() -> Npy.read(missing)).contains("no such file"));
  }

  @Test
  void rejectsLargeFilesUnread() throws IOException {
    Path file = folder.resolve("sparse.npy");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(FileLimits.BYTES + 1);
    }
    assertTrue(NumpyFiles.refusal(() -> Npy.read(file)).contains("at most " + FileLimits.BYTES));
  }

  private static NdArray read(String name) {
    return Npy.read(NumpyFiles.file(name + ".npy"));
  }

  private static NdArray ints(int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(values);
    return new NdArray(DType.INT32, List.of(1, values.length), data);
  }

  private static byte[] withHeader(String dictionary, int dataBytes) throws IOException {
    byte[] text = dictionary.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
    out.write(text);
    out.write(new byte[dataBytes]);
    return out.toByteArray();
  }
}

package org.kerastwin.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Reads and writes arrays in NumPy's {@code .npy} format: reads versions 1.0, 2.0 and 3.0, writes
 * 1.0 as NumPy does. Rejects complex numbers, text, structures and pickled objects.
 */
public final class Npy {
  private static final int CHUNK = 1 << 16;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @throws EnvironmentException if it is missing, unreadable, cut off, too long or not such an
   *     array
   */
  public static NdArray read(Path file) {
    RegularFile.require("array", file, "an .npy file");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), file);
    } catch (IOException e) {
      throw IoFailure.of("array", file, "a readable .npy file", e);
    }
  }

  /**
   * Replaces a file, atomically.
   *
   * @throws EnvironmentException if it cannot be written
   */
  public static void write(Path file, NdArray array) {
    AtomicFile.write(file, out -> write(out, array));
  }

  /** Writes header and elements; the stream stays open. */
  static void write(OutputStream out, NdArray array) throws IOException {
    out.write(NpyHeader.encode(array));
    ByteBuffer data = array.data();
    byte[] chunk = new byte[Math.min(CHUNK, data.remaining())];
    while (data.hasRemaining()) {
      int length = Math.min(chunk.length, data.remaining());
      data.get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }

  /**
   * Reads an array that fills a stream.
   *
   * @param size the number of bytes in the stream, from the file system or the archive
   * @param where the file, for messages
   */
  static NdArray read(InputStream in, long size, Object where) throws IOException {
    requireAtMost(size, where);
    NpyHeader header = NpyHeader.read(in, size, where);
    return read(in, header, size, where);
  }

  /**
   * Reads an array that fills a stream, if its elements are numbers.
   *
   * @return empty if they are something else, such as text; then the stream is skipped
   */
  static Optional<NdArray> readNumbers(InputStream in, long size, Object where) throws IOException {
    requireAtMost(size, where);
    NpyHeader header = NpyHeader.read(in, size, where);
    if (header.elements().isEmpty()) {
      in.skipNBytes(size - header.bytes());
      return Optional.empty();
    }
    return Optional.of(read(in, header, size, where));
  }

  private static NdArray read(InputStream in, NpyHeader header, long size, Object where)
      throws IOException {
    NpyElements elements = header.elements().orElseThrow(() -> header.unsupported(where));
    DType type = elements.type();
    long dataBytes = NdArray.elements(header.shape()) * elements.bytes();
    long needed = header.bytes() + dataBytes;
    if (needed != size) {
      throw new EnvironmentException(
          Problem.with("array", where)
              .expected("%d bytes for %s %s".formatted(needed, type, header.shape()))
              .received("%d bytes".formatted(size))
              .advice("Copy or create the file again."));
    }
    requireAtMost(NdArray.elements(header.shape()) * type.bytes(), where);
    ByteBuffer decoded = elements.decode(RegularFile.bytes(in, dataBytes, "array", where));
    return new NdArray(
        type,
        header.shape(),
        header.isFortran() ? FortranOrder.toRows(decoded, header.shape(), type.bytes()) : decoded);
  }

  private static void requireAtMost(long bytes, Object where) {
    if (bytes > FileLimits.BYTES) {
      throw new EnvironmentException(
          Problem.with("array", where)
              .expected("at most %d bytes".formatted(FileLimits.BYTES))
              .received("%d bytes".formatted(bytes)));
    }
  }
}

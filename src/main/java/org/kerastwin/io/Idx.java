package org.kerastwin.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Reads arrays in the IDX format of MNIST: two zero bytes, the type, the number of dimensions (1 to
 * 4), their sizes as big-endian 32-bit numbers, the elements, big-endian too. Types are read as
 * {@link NpyElements} reads NumPy's. Files may be plain or gzip; the first bytes tell which.
 */
public final class Idx {
  /** NumPy's descriptors of the types. */
  private static final Map<Integer, String> TYPES =
      Map.of(0x08, "|u1", 0x09, "|i1", 0x0b, ">i2", 0x0c, ">i4", 0x0d, ">f4", 0x0e, ">f8");

  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_HEADER = 4 + 4 * MAX_DIMENSIONS;

  private Idx() {}

  /**
   * Reads a file. A gzip file is read twice: first to find its real size and check its CRC, so that
   * a false size in the header allocates nothing.
   *
   * @throws EnvironmentException if it is missing, unreadable, damaged, cut off, too long or not
   *     such an array
   */
  public static NdArray read(Path file) {
    RegularFile.require("IDX file", file, "an IDX file");
    try {
      long size = size(file);
      try (InputStream in = open(file)) {
        return read(in, size, file);
      }
    } catch (IOException e) {
      throw IoFailure.of("IDX file", file, "a complete IDX file, plain or gzip", e);
    }
  }

  private static NdArray read(InputStream in, long size, Path file) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new EnvironmentException(
          problem(file)
              .expected("two zero bytes, then type and dimensions")
              .received("other data"));
    }
    Optional<NpyElements> type =
        Optional.ofNullable(TYPES.get((int) magic[2])).flatMap(NpyElements::of);
    if (type.isEmpty() || magic[3] < 1 || magic[3] > MAX_DIMENSIONS) {
      throw new EnvironmentException(
          problem(file)
              .expected(
                  "a type from 0x08 to 0x0e with 1 to %d dimensions".formatted(MAX_DIMENSIONS))
              .received("type 0x%02x with %d".formatted(magic[2], magic[3] & 0xff)));
    }
    NpyElements stored = type.get();
    List<Integer> shape = new ArrayList<>();
    long bytes = stored.type().bytes();
    for (int i = 0; i < magic[3]; i++) {
      byte[] dimension = in.readNBytes(Integer.BYTES);
      if (dimension.length < Integer.BYTES) {
        throw new EOFException();
      }
      int length = ByteBuffer.wrap(dimension).getInt();
      bytes *= length;
      if (length < 0 || bytes > FileLimits.BYTES - MAX_HEADER) {
        throw new EnvironmentException(
            problem(file)
                .expected("at most %d bytes".formatted(FileLimits.BYTES - MAX_HEADER))
                .received("dimension %d of %d".formatted(i + 1, length & 0xffffffffL)));
      }
      shape.add(length);
    }
    long elements = bytes / stored.type().bytes();
    long needed = 4 + 4L * shape.size() + elements * stored.bytes();
    if (needed != size) {
      throw new EnvironmentException(
          problem(file)
              .expected("%d bytes for the shape %s".formatted(needed, shape))
              .received(
                  size > FileLimits.BYTES ? "more than " + FileLimits.BYTES : size + " bytes"));
    }
    byte[] values = RegularFile.bytes(in, elements * stored.bytes(), "IDX file", file);
    return new NdArray(stored.type(), shape, stored.decode(values));
  }

  /**
   * The real size of the content; for a gzip file that holds too much, any size above the limit.
   */
  private static long size(Path file) throws IOException {
    if (FileKind.of(file) != FileKind.GZIP) {
      return Files.size(file);
    }
    byte[] chunk = new byte[1 << 16];
    long size = 0;
    try (InputStream in = open(file)) {
      int read;
      while (size <= FileLimits.BYTES && (read = in.read(chunk)) >= 0) {
        size += read;
      }
    }
    return size;
  }

  private static InputStream open(Path file) throws IOException {
    FileKind kind = FileKind.of(file);
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    if (kind != FileKind.GZIP) {
      return in;
    }
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static Problem problem(Path file) {
    return Problem.with("IDX file", file).advice("Download or copy the file again.");
  }
}

package org.kerastwin.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The kind of a file, which its first bytes tell. */
public enum FileKind {
  /** NumPy's {@code .npy}. */
  NPY("\u0093NUMPY"),
  /** HDF5, as in {@code .h5}. */
  HDF5("\u0089HDF"),
  /** A zip archive, such as {@code .npz} and {@code .keras}. */
  ZIP("PK"),
  /** A file compressed with gzip. */
  GZIP("\u001f\u008b"),
  /** IDX, the format of MNIST's own files. */
  IDX("\0\0"),
  /** Any other content. */
  OTHER(""),
  /** No content. */
  EMPTY("");

  private static final int LONGEST_SIGNATURE = 6;

  private final String signature;

  FileKind(String signature) {
    this.signature = signature;
  }

  /** The kind of that file. */
  public static FileKind of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(LONGEST_SIGNATURE), StandardCharsets.ISO_8859_1);
      return start.isEmpty()
          ? EMPTY
          : Arrays.stream(values())
              .filter(kind -> start.startsWith(kind.signature))
              .findFirst()
              .orElseThrow();
    }
  }
}

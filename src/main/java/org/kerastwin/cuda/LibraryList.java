package org.kerastwin.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lists of libraries that come with the line of TensorFlow. {@code cuda-libraries.txt}: what
 * TensorFlow opens (seen in the loader's log), a name and what it holds. {@code cuda-redist.txt}:
 * the names of these and of what they need or open in turn, each after what it needs (nvJitLink for
 * cuSPARSE and cuSOLVER, cuDNN's parts, NVRTC for cuDNN's kernels that are compiled at run time).
 */
final class LibraryList {
  private LibraryList() {}

  /** The lines of a list; none where the line of TensorFlow has no such list. */
  static List<String> named(String file) {
    try (InputStream list = LibraryList.class.getResourceAsStream(file)) {
      return list == null
          ? List.of()
          : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

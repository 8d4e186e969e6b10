package org.kerastwin.runtime.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lists for a release of TensorFlow. {@code cuda-libraries.txt}: the libraries that TensorFlow
 * loads (from the loader's log), with name and contents: first the driver, then the runtime, cuDNN
 * last. {@code cuda-redist.txt}: the names of these libraries and their dependencies, dependencies
 * first (nvJitLink for cuSPARSE and cuSOLVER, the parts of cuDNN, NVRTC for kernels that cuDNN
 * compiles at run time). {@code cuda-kernels.txt}: TensorFlow's own libraries with GPU kernels.
 * {@code least-cudnn.txt}: the oldest cuDNN that works, the one that TensorFlow was compiled with.
 */
final class ReleaseLists {
  private ReleaseLists() {}

  /** The lines of a list; none if the release of TensorFlow has no such list. */
  static List<String> named(String file) {
    try (InputStream list = ReleaseLists.class.getResourceAsStream(file)) {
      return list == null
          ? List.of()
          : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

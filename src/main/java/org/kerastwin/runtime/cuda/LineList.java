package org.kerastwin.runtime.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lists that come with the line of TensorFlow. {@code cuda-libraries.txt}: what TensorFlow opens
 * (seen in the loader's log), a name and what it holds; the driver's first, then the runtime's,
 * cuDNN's last. {@code cuda-redist.txt}: the names of these and of what they need or open in turn,
 * each after what it needs (nvJitLink for cuSPARSE and cuSOLVER, cuDNN's parts, NVRTC for cuDNN's
 * kernels that are compiled at run time). {@code cuda-kernels.txt}: TensorFlow's own libraries with
 * kernels for GPUs. {@code least-cudnn.txt}: the oldest cuDNN that they run with, which is the one
 * that they were compiled with.
 */
final class LineList {
  private LineList() {}

  /** The lines of a list; none where the line of TensorFlow has no such list. */
  static List<String> named(String file) {
    try (InputStream list = LineList.class.getResourceAsStream(file)) {
      return list == null
          ? List.of()
          : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

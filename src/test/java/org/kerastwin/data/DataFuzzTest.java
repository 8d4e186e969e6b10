package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.testing.Fuzzing;
import org.kerastwin.testing.Mutations;

/** Reads mutations of data sets: an archive, and a folder with one changed file. */
@Tag("fuzz")
class DataFuzzTest {
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  @TempDir Path folder;

  @Test
  void kerasNpz() throws Exception {
    byte[] seed = Files.readAllBytes(Samples.file("small.npz"));
    new Fuzzing("data-npz", folder.resolve("a.npz"))
        .run(
            Fuzzing.inputs(),
            number -> new Mutations(number).arrays(number, seed),
            file -> ArchiveDataset.ofNpz("fuzz", file, new ConversionNotes()));
  }

  @Test
  void idxFolder() throws Exception {
    Dataset small = Samples.small();
    for (String name : FILES) {
      Split split = name.startsWith("train") ? small.train() : small.test().orElseThrow();
      Files.write(folder.resolve(name), name.contains("images") ? images(split) : labels(split));
    }
    for (String name : FILES) {
      Path changed = folder.resolve(name);
      byte[] seed = Files.readAllBytes(changed);
      new Fuzzing("data-" + name, changed)
          .run(
              Fuzzing.inputs() / FILES.size(),
              number -> new Mutations(number).bytes(seed),
              file -> new IdxFiles(folder, "").read("fuzz", folder, new ConversionNotes()));
      Files.write(changed, seed);
    }
  }

  private static byte[] images(Split split) {
    return idx(split.images().bytes(), split.size(), 28, 28);
  }

  private static byte[] labels(Split split) {
    return idx(split.labels().orElseThrow().bytes(), split.size());
  }

  /** Two zeros, the type, the number of dimensions, their sizes, the elements. */
  private static byte[] idx(byte[] elements, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
    file.put(new byte[] {0, 0, 8, (byte) sizes.length});
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(elements).array();
  }
}

package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetLoadingTest {
  @TempDir Path folder;

  @Test
  void reportsTestImagesButDoesNotKeepThem() throws IOException {
    Path file = Files.write(folder.resolve("small.npz"), Samples.smallNpz());
    List<String> warnings = new ArrayList<>();
    DatasetLoading.Loaded loaded =
        new DatasetLoading(file.toString(), Samples.SHAPE, warnings::add).await();
    assertEquals(Optional.empty(), loaded.dataset().test());
    assertEquals(6, loaded.report().size(), loaded.report().toString());
    assertEquals(List.of(), warnings);
  }
}

package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  @TempDir Path folder;

  @Test
  void createsTheFolderAndItsParents() throws IOException {
    Path made = folder.resolve("a/b");
    AtomicFolder.replace(made, place -> Files.writeString(place.resolve("x"), "new"));
    assertEquals("new", Files.readString(made.resolve("x")));
    assertEquals(List.of("a", "a/b", "a/b/x"), tree());
  }

  @Test
  void replacesTheWholeFolder() throws IOException {
    Path place = old();
    AtomicFolder.replace(
        place,
        temporary -> {
          assertEquals("old", Files.readString(place.resolve("sub/old")));
          Files.createDirectories(temporary.resolve("variables"));
          Files.writeString(temporary.resolve("variables/new"), "new");
        });
    assertEquals(List.of("place", "place/variables", "place/variables/new"), tree());
  }

  @Test
  void failuresKeepTheOldFolderAndLeaveNothing() throws IOException {
    Path place = old();
    NumpyFiles.refusal(
        () ->
            AtomicFolder.replace(
                place,
                temporary -> {
                  Files.writeString(temporary.resolve("new"), "half");
                  throw new IOException("broken");
                }));
    assertEquals(List.of("place", "place/sub", "place/sub/old"), tree());
  }

  @Test
  void rejectsFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    NumpyFiles.refusal(() -> AtomicFolder.replace(file, place -> {}));
    NumpyFiles.refusal(() -> AtomicFolder.replace(file.resolve("below"), place -> {}));
    NumpyFiles.refusal(() -> AtomicFolder.replace(Path.of("/"), place -> {}));
    assertEquals("old", Files.readString(file));
  }

  @Test
  void deletesLinksButNotTheirTargets() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "kept");
    Path place = old();
    Files.createSymbolicLink(place.resolve("link"), kept);
    AtomicFolder.replace(place, temporary -> {});
    assertTrue(Files.exists(kept));
    assertEquals(List.of("kept", "place"), tree());
  }

  private Path old() throws IOException {
    Path place = Files.createDirectories(folder.resolve("place"));
    Files.createDirectory(place.resolve("sub"));
    Files.writeString(place.resolve("sub/old"), "old");
    return place;
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries
          .filter(entry -> !entry.equals(folder))
          .map(entry -> folder.relativize(entry).toString())
          .sorted()
          .toList();
    }
  }
}

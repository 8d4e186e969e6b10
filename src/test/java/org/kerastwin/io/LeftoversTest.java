package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path folder;

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .map(entry -> folder.relativize(entry).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void removesOnlyTemporaryFilesAndFolders() throws IOException {
    write("kept");
    write("below/.kerastwin-notes");
    write("below/other.tmp");
    Files.writeString(Leftovers.temporaryIn(folder.resolve("below")), "half");
    Path half = Files.createDirectories(Leftovers.temporaryIn(folder).resolve("variables"));
    Files.writeString(half.resolve("variables.index"), "half");
    Leftovers.remove(folder);
    assertEquals(List.of("below/.kerastwin-notes", "below/other.tmp", "kept"), files());
  }

  @Test
  void restoresFoldersThatWereNotReplaced() throws IOException {
    write("saved_model/old");
    Path replaced = Leftovers.replaced(folder.resolve("saved_model"));
    Files.move(folder.resolve("saved_model"), replaced);
    Leftovers.remove(folder);
    assertEquals(List.of("saved_model/old"), files());
  }

  @Test
  void deletesReplacedFolders() throws IOException {
    write("saved_model/new");
    write(".kerastwin-replaced-saved_model/old");
    Leftovers.remove(folder);
    assertEquals(List.of("saved_model/new"), files());
  }

  @Test
  void deletesLinksButNotTheirTargets() throws IOException {
    Path target = write("target");
    Files.createSymbolicLink(Leftovers.temporaryIn(folder), target);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    Leftovers.remove(link);
    assertEquals(List.of("target"), files());
    assertTrue(Files.exists(link));
  }

  @Test
  void recognizesTemporaryNames() {
    assertTrue(Leftovers.isTemporary(Leftovers.temporaryIn(folder)));
    assertTrue(Leftovers.isTemporary(Leftovers.temporaryIn(folder).resolve("variables/x")));
    assertFalse(Leftovers.isTemporary(folder.resolve("epoch-001.png")));
  }

  @Test
  void exchangesFoldersInOneStepOnLinux() throws IOException {
    write("one/1");
    write("two/2");
    boolean exchanged = FolderExchange.exchange(folder.resolve("one"), folder.resolve("two"));
    assertEquals(System.getProperty("os.name").equals("Linux"), exchanged);
    assertEquals(exchanged ? List.of("one/2", "two/1") : List.of("one/1", "two/2"), files());
    assertFalse(FolderExchange.exchange(folder.resolve("one"), folder.resolve("three")));
  }
}

package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void createsTheFileAndItsFolders() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    AtomicFile.write(file, "grüße\n");
    assertEquals("grüße\n", Files.readString(file));
    assertEquals(List.of("c.txt"), names(file.getParent()));
  }

  @Test
  void replacesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old and longer");
    AtomicFile.write(file, "new".getBytes(StandardCharsets.UTF_8));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void keepsTheOldContentUntilTheNewIsComplete() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write('n');
          out.flush();
          assertEquals("old", Files.readString(file));
        });
    assertEquals("n", Files.readString(file));
  }

  @Test
  void allowsWritersToCloseTheStream() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(
        file,
        out -> {
          try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            writer.write("new");
          }
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void failuresKeepTheOldFileAndLeaveNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    String message =
        NumpyFiles.refusal(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }));
    assertTrue(message.contains("No space left") && message.contains("Free some"), message);
    NumpyFiles.refusal(
        () ->
            AtomicFile.write(
                file,
                out -> {
                  throw new UncheckedIOException(new IOException("broken"));
                }));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  throw new IllegalStateException("a mistake of the caller");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names(folder));
  }

  @Test
  void rejectsFoldersAndFilesInTheWay() throws IOException {
    NumpyFiles.refusal(() -> AtomicFile.write(folder, "x"));
    NumpyFiles.refusal(() -> AtomicFile.write(Path.of("/"), "x"));
    Path file = Files.writeString(folder.resolve("file"), "old");
    NumpyFiles.refusal(() -> AtomicFile.write(file.resolve("below/a.txt"), "x"));
    NumpyFiles.refusal(() -> AtomicFile.write(folder.resolve("n".repeat(300)), "x"));
    assertEquals(List.of("file"), names(folder));
  }

  @Test
  void replacesTheTargetOfLinks() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    AtomicFile.write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void namesFilesInPlaceOfFolders() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message = NumpyFiles.refusal(() -> AtomicFile.write(file.resolve("x.npy"), "text"));
    assertTrue(
        message.contains("received a file '%s' where a folder is needed".formatted(file)), message);
  }

  @Test
  void doesNotReplaceDevices() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "this platform has no /dev/null");
    AtomicFile.write(device, "dropped");
    assertTrue(Files.exists(device) && !Files.isRegularFile(device));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}

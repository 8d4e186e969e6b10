package org.kerastwin.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;

class NativeCacheTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};
  private static final String ENTRY = "org/native/libone.so.2";

  @TempDir Path folder;
  private NativeCache cache;
  private URL library;

  @BeforeEach
  void makeJar() throws IOException {
    cache = new NativeCache(Files.createDirectory(folder.resolve("cache")));
    // A name of its own: Java keeps jars open by their path, and JavaCPP's cache is that of the
    // user.
    Path jar = folder.resolve("libraries-%d.jar".formatted(System.nanoTime()));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry(ENTRY);
      entry.setTime(1_700_000_000_000L);
      zip.putNextEntry(entry);
      zip.write(CONTENT);
    }
    library = URI.create("jar:%s!/%s".formatted(jar.toUri(), ENTRY)).toURL();
  }

  private Path unpacked() throws IOException {
    try (Stream<Path> files = Files.walk(cache.folder())) {
      List<Path> found =
          files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void unpacksOnce() throws IOException {
    cache.unpack(library);
    Path file = unpacked();
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    Object before = inode(file);
    cache.unpack(library);
    assertEquals(before, inode(unpacked()));
  }

  /** A process may still use the old file, so it must not change. */
  @Test
  void replacesIncompleteLibraries() throws IOException {
    cache.unpack(library);
    Path file = unpacked();
    byte[] half = Arrays.copyOf(CONTENT, 2);
    Files.write(file, half);
    Path used = Files.createLink(folder.resolve("used"), file);
    cache.unpack(library);
    assertArrayEquals(CONTENT, Files.readAllBytes(unpacked()));
    assertArrayEquals(half, Files.readAllBytes(used));
    assertNotEquals(inode(used), inode(file));
  }

  /** JavaCPP gives a file its time when it is complete. */
  @Test
  void replacesLibrariesOfAnotherTime() throws IOException {
    cache.unpack(library);
    Path file = unpacked();
    Files.write(file, new byte[CONTENT.length]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    cache.unpack(library);
    assertArrayEquals(CONTENT, Files.readAllBytes(unpacked()));
  }

  @Test
  void removesLeftoversOfAKilledProcess() throws IOException {
    cache.unpack(library);
    Path file = unpacked();
    Files.move(file, file.resolveSibling(".kerastwin-0.tmp"));
    cache.unpack(library);
    assertEquals(file, unpacked());
  }

  @Test
  void javacppFindsTheLibraryComplete() throws IOException {
    NativeCache ofUser = new NativeCache(Loader.getCacheDir().toPath());
    ofUser.unpack(library);
    Path file =
        ofUser.folder().resolve(library.getPath().replaceAll(".*/([^/]*)!/.*", "$1/" + ENTRY));
    try {
      Object before = inode(file);
      assertEquals(file, Loader.cacheResource(library).toPath());
      assertEquals(before, inode(file));
    } finally {
      for (Path each = file; !each.equals(ofUser.folder()); each = each.getParent()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void namesAFolderWithoutRoom() throws IOException {
    NativeCache missing = new NativeCache(folder.resolve("nowhere"));
    assertThrows(EnvironmentException.class, () -> missing.unpack(library));
  }
}

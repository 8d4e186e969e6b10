package org.kerastwin.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;

/**
 * An untrusted zip archive. Checks names and declared sizes when it is opened, and the length and
 * CRC of each entry that is read. Java's {@code ZipFile} checks no CRC.
 */
public final class CheckedZip implements AutoCloseable {
  private static final String REMEDY = "Copy or create the file again.";

  private final String what;
  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;

  private CheckedZip(String what, Path file, ZipFile zip) {
    this.what = what;
    this.file = file;
    this.zip = zip;
    this.entries = new LinkedHashMap<>();
  }

  /** Reads one entry. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads from a stream that holds exactly {@code size} bytes, or fewer if the archive is
     * damaged.
     */
    T read(InputStream in, long size) throws IOException;
  }

  /**
   * Opens an archive.
   *
   * @param what the kind of file, for messages
   * @throws EnvironmentException if it is missing, not a zip, damaged, larger than {@link
   *     FileLimits#BYTES} when inflated, or has a name twice, an absolute name or one with {@code
   *     ..}
   */
  public static CheckedZip open(String what, Path file) {
    RegularFile.require(what, file, "a zip archive");
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException | RuntimeException e) {
      // Some damage surfaces from the library as an unchecked exception.
      throw notAnArchive(what, file, e);
    }
    CheckedZip checked = new CheckedZip(what, file, zip);
    try {
      checked.index();
      return checked;
    } catch (EnvironmentException e) {
      checked.close();
      throw e;
    } catch (RuntimeException e) {
      checked.close();
      throw IoFailure.of(what, file, "a complete zip archive", e);
    }
  }

  private static EnvironmentException notAnArchive(String what, Path file, Exception failure) {
    String received = "";
    try {
      received =
          switch (FileKind.of(file)) {
            case NPY -> "a single array, an .npy file";
            case HDF5 -> "an HDF5 file";
            default -> "";
          };
    } catch (IOException unreadable) {
      // The first error that led here is the one to report.
    }
    return received.isEmpty()
        ? IoFailure.of(what, file, "a complete zip archive", failure)
        : new EnvironmentException(
                Problem.with(what, file)
                    .expected("a zip archive")
                    .received(received)
                    .advice("Rename the file so that its name ends as its format requires."))
            .causedBy(failure);
  }

  /** The names of the entries without folders, in the archive's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Reads one entry and checks that it is complete.
   *
   * @throws EnvironmentException if there is no such entry, or it is damaged
   */
  public <T> T read(String name, Reader<T> reader) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new EnvironmentException(
          Problem.with(what, file)
              .expected("an entry '%s'".formatted(name))
              .received("only " + Excerpt.of(names())));
    }
    String where = file + "[" + name + "]";
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
      T result = reader.read(in, entry.getSize());
      if (in.read() >= 0 || crc.getValue() != entry.getCrc()) {
        throw new EnvironmentException(
            Problem.with(what, where)
                .expected("%d bytes with CRC %08x".formatted(entry.getSize(), entry.getCrc()))
                .received("other content")
                .advice(REMEDY));
      }
      return result;
    } catch (EnvironmentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw IoFailure.of(what, where, "a complete zip entry", e);
    }
  }

  /**
   * Reads one entry as bytes.
   *
   * @param most the most bytes that it may hold
   * @throws EnvironmentException as {@link #read}, and if it holds more
   */
  public byte[] bytes(String name, long most) {
    return read(
        name,
        (in, size) -> {
          String where = "%s[%s]".formatted(file, name);
          if (size > most) {
            throw new EnvironmentException(
                Problem.with(what, where)
                    .expected("at most %d bytes".formatted(most))
                    .received("%d".formatted(size)));
          }
          return RegularFile.bytes(in, size, what, where);
        });
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw IoFailure.of(what, file, "a file that can be closed", e);
    }
  }

  private void index() {
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      requireSafe(what, file, entry.getName());
      requirePlausible(entry);
      total += entry.getSize();
      if (total > FileLimits.BYTES) {
        throw new EnvironmentException(
            problem()
                .expected("at most %d bytes after decompression".formatted(FileLimits.BYTES))
                .received("more"));
      }
      if (!entry.isDirectory() && entries.put(entry.getName(), entry) != null) {
        throw new EnvironmentException(
            problem()
                .expected("unique names")
                .received("'%s' twice".formatted(Excerpt.of(entry.getName()))));
      }
    }
  }

  private void requirePlausible(ZipEntry entry) {
    long packed = entry.getCompressedSize();
    long most = entry.getMethod() == ZipEntry.STORED ? packed : packed * FileLimits.DEFLATE_RATIO;
    boolean possible = packed >= 0 && packed <= file.toFile().length();
    if (!possible || entry.getSize() < 0 || entry.getSize() > Math.min(most, FileLimits.BYTES)) {
      throw new EnvironmentException(
          problem()
              .expected(
                  "at most %d bytes after decompression, and no more than the compressed bytes can hold"
                      .formatted(FileLimits.BYTES))
              .received(
                  "%d bytes from %d in '%s'"
                      .formatted(entry.getSize(), packed, Excerpt.of(entry.getName()))));
    }
  }

  /** Rejects a name that leads out of the folder where it is unpacked. */
  static void requireSafe(String what, Object where, String name) {
    boolean absolute = name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*");
    if (name.isEmpty()
        || absolute
        || name.chars().anyMatch(Character::isISOControl)
        || List.of(name.split("/", -1)).contains("..")) {
      throw new EnvironmentException(
          Problem.with(what, where)
              .expected("relative names without '..'")
              .received("'%s'".formatted(Excerpt.of(name)))
              .advice("Do not use this file unless you know who made it."));
    }
  }

  private Problem problem() {
    return Problem.with(what, file).advice(REMEDY);
  }
}

package org.kerastwin.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;

/**
 * Reads and writes named arrays in NumPy's {@code .npz} format: a zip archive of {@code .npy}
 * entries, as {@code numpy.savez} writes them. Allocates nothing until the sizes of archive, entry
 * and header agree; {@link CheckedZip} checks the rest.
 */
public final class Npz {
  private static final String WHAT = "archive of arrays";
  private static final String ENDING = ".npy";

  private Npz() {}

  /**
   * Reads all arrays.
   *
   * @return arrays by their names without {@code .npy}, in the archive's order
   * @throws EnvironmentException if the file is missing, damaged, too large, or holds anything but
   *     arrays that {@link Npy} reads
   */
  public static Map<String, NdArray> readAll(Path file) {
    try (CheckedZip zip = open(file)) {
      Map<String, NdArray> arrays = new LinkedHashMap<>();
      for (String entry : zip.names()) {
        arrays.put(arrayName(entry), read(zip, file, arrayName(entry)));
      }
      return arrays;
    }
  }

  /**
   * Reads the arrays of numbers; others, such as labels that are text, are left out.
   *
   * @return as {@link #readAll}
   * @throws EnvironmentException if the file is missing, damaged or too large
   */
  public static Map<String, NdArray> readNumbers(Path file) {
    try (CheckedZip zip = open(file)) {
      Map<String, NdArray> arrays = new LinkedHashMap<>();
      for (String entry : zip.names()) {
        String name = arrayName(entry);
        zip.read(entry, (in, size) -> Npy.readNumbers(in, size, where(file, name)))
            .ifPresent(array -> arrays.put(name, array));
      }
      return arrays;
    }
  }

  /**
   * Reads one array if its elements are numbers; the other arrays are not inflated.
   *
   * @return empty if there is no array of that name, or it is not of numbers
   */
  public static Optional<NdArray> readNumbers(Path file, String name) {
    try (CheckedZip zip = open(file)) {
      return zip.names().contains(name + ENDING)
          ? zip.read(name + ENDING, (in, size) -> Npy.readNumbers(in, size, where(file, name)))
          : Optional.empty();
    }
  }

  /**
   * The names of the arrays, without {@code .npy}, in the archive's order.
   *
   * @throws EnvironmentException if the file is missing, damaged, or holds anything but arrays
   */
  public static Set<String> names(Path file) {
    try (CheckedZip zip = open(file)) {
      return zip.names().stream()
          .map(Npz::arrayName)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /**
   * Reads one array; the others are not inflated, and their CRC is not checked.
   *
   * @param name without {@code .npy}
   * @throws EnvironmentException as {@link #readAll}, or if there is no array of that name
   */
  public static NdArray read(Path file, String name) {
    try (CheckedZip zip = open(file)) {
      return read(zip, file, name);
    }
  }

  /**
   * Replaces a file atomically. The same arrays in the same order give the same bytes.
   *
   * @param arrays arrays by their names without {@code .npy}; a name may contain {@code /}
   * @throws EnvironmentException if it cannot be written, or a name is absolute or has {@code ..}
   */
  public static void write(
      Path file, Map<String, NdArray> arrays, ZipWriter.Compression compression) {
    AtomicFile.write(
        file,
        out -> {
          try (ZipWriter zip = new ZipWriter(out)) {
            for (Map.Entry<String, NdArray> array : arrays.entrySet()) {
              zip.add(
                  array.getKey() + ENDING,
                  compression,
                  entry -> Npy.write(entry, array.getValue()));
            }
          }
        });
  }

  private static String arrayName(String entry) {
    return entry.substring(0, entry.length() - ENDING.length());
  }

  private static NdArray read(CheckedZip zip, Path file, String name) {
    return zip.read(name + ENDING, (in, size) -> Npy.read(in, size, where(file, name)));
  }

  private static CheckedZip open(Path file) {
    CheckedZip zip = CheckedZip.open(WHAT, file);
    boolean arrays = !zip.names().isEmpty();
    for (String name : zip.names()) {
      arrays &= name.endsWith(ENDING) && name.length() > ENDING.length();
    }
    if (!arrays) {
      String names = Excerpt.of(zip.names());
      zip.close();
      throw new EnvironmentException(
          Problem.with(WHAT, file)
              .expected("entries that end in .npy")
              .received(names)
              .advice("It may not be an .npz file."));
    }
    return zip;
  }

  /** An array of an archive, for messages. */
  private static String where(Path file, String name) {
    return "%s[%s]".formatted(file, name);
  }
}

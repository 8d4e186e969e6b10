package org.kerastwin.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.FileLimits;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.RegularFile;

/**
 * Reads an untrusted HDF5 file. The file is held in memory. The declared sizes of its data sets are
 * checked against its size before anything is allocated, the number and depth of its objects are
 * bounded (links may form cycles), the HDF5 library is watched ({@link BoundedTask}), and its
 * errors become {@link EnvironmentException}s.
 */
final class Hdf5Reader {
  /** The dtype that Keras notes beside weights in bfloat16, which HDF5 lacks. */
  private static final Pattern BFLOAT_16 = Pattern.compile("(?<!mixed_)bfloat16");

  private static final String WHAT = "HDF5 file";
  private static final String EXPECTED = "a whole HDF5 file";
  private static final String REMEDY = "Copy or create the file again.";
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int MAX_DEPTH = 12;
  private static final int MAX_OBJECTS = 10_000;

  /** Only these attributes are read. */
  private static final Set<String> ATTRIBUTES =
      Set.of("model_config", "training_config", "keras_version", "layer_names", "weight_names");

  private final Object where;
  private final Hdf5Numbers numbers;
  private final Hdf5Content content = new Hdf5Content();
  private int objects;

  private Hdf5Reader(Object where, long fileBytes) {
    this.where = where;
    this.numbers = new Hdf5Numbers(where, fileBytes);
  }

  /**
   * Reads a file.
   *
   * @throws EnvironmentException if it is missing, damaged, too large, or has soft links or data
   *     sets of other types than numbers
   */
  static Hdf5Content read(Path file) {
    return read(RegularFile.bytes(WHAT, file, FileLimits.BYTES), file);
  }

  /**
   * Reads the content of a file.
   *
   * @param bytes must not be used by the caller afterwards
   */
  static Hdf5Content read(byte[] bytes, Object where) {
    requireSignature(bytes, where);
    try {
      return BoundedTask.on(bytes, () -> content(bytes, where));
    } catch (EnvironmentException ours) {
      throw ours;
    } catch (BoundedTask.Interrupted stopped) {
      throw new EnvironmentException(
              Problem.with(WHAT, where).expected(EXPECTED).received(stopped.getMessage()))
          .causedBy(stopped);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The library throws any of these for damaged files, and for numbers that it does not know.
      if (BFLOAT_16.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find()) {
        throw new EnvironmentException(
                Problem.with(WHAT, where)
                    .expected("weights in float16, float32 or float64")
                    .received("weights in bfloat16")
                    .advice("Save the model with the policy float32 or mixed_bfloat16."))
            .causedBy(e);
      }
      throw new EnvironmentException(
              Problem.with(WHAT, where).expected(EXPECTED).received(reason(e)).advice(REMEDY))
          .causedBy(e);
    }
  }

  private static Hdf5Content content(byte[] bytes, Object where) {
    try (HdfFile file = HdfFile.fromBytes(bytes)) {
      Hdf5Reader reader = new Hdf5Reader(where, bytes.length);
      reader.walk(file, "", 0);
      return reader.content;
    }
  }

  private static void requireSignature(byte[] bytes, Object where) {
    if (bytes.length < SIGNATURE.length
        || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new EnvironmentException(
          Problem.with(WHAT, where)
              .expected(EXPECTED)
              .received(bytes.length == 0 ? "an empty file" : "a file of another kind")
              .advice(REMEDY));
    }
  }

  private static String reason(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return "cyclic objects";
    }
    if (failure instanceof OutOfMemoryError) {
      return "more than fits in memory";
    }
    if (failure instanceof BoundedTask.Endless) {
      return failure.getMessage();
    }
    return "damaged data (%s)".formatted(IoFailure.describe(failure));
  }

  private void walk(Group group, String path, int depth) {
    content.addGroup(path);
    readAttributes(group, path);
    for (Node node : group.getChildren().values()) {
      String child = path.isEmpty() ? node.getName() : path + "/" + node.getName();
      if (++objects > MAX_OBJECTS || depth > MAX_DEPTH) {
        throw new EnvironmentException(
            Problem.with(WHAT, where)
                .expected("a few groups of weights")
                .received("too many, or cyclic ones")
                .advice(REMEDY));
      }
      // Checked first, since every other method would follow the link.
      if (node.isLink()) {
        throw new EnvironmentException(
            Problem.with(WHAT, where)
                .expected("only data sets and groups")
                .received("a link '" + Excerpt.of(child) + "'")
                .advice(REMEDY));
      } else if (node instanceof Group inner) {
        walk(inner, child, depth + 1);
      } else if (node instanceof Dataset dataset && !Hdf5Writer.isOwnMark(child)) {
        content.addDataSet(child, numbers.read(dataset, child));
      }
    }
  }

  private void readAttributes(Group group, String path) {
    for (String name : ATTRIBUTES) {
      Attribute attribute = group.getAttributes().get(name);
      if (attribute != null) {
        content.addAttribute(path, name, Hdf5Text.read(attribute, where));
      }
    }
  }
}

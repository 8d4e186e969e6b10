package org.kerastwin.parity;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.IoFailure;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.Reference;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A properties file that maps tensors of a reference to ops of a graph: {@code inference/conv2d_1 =
 * name/of/the/op}. The name of a {@link Tolerance} may follow.
 */
final class NamesFile {
  private NamesFile() {}

  /**
   * The right side of a line.
   *
   * @param op the name of the op
   * @param tolerance empty for that of the tensor's stage
   */
  record Line(String op, Optional<Tolerance> tolerance) {
    private static Line parsed(String text, Path names) {
      String[] words = text.split(" ", 2);
      return new Line(
          words[0],
          words.length == 2 ? Optional.of(toleranceOf(words[1], names)) : Optional.empty());
    }

    private static Tolerance toleranceOf(String name, Path names) {
      return Arrays.stream(Tolerance.values())
          .filter(tolerance -> tolerance.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new EnvironmentException(
                      Problem.with("names", names)
                          .expected("a tolerance, one of " + Arrays.toString(Tolerance.values()))
                          .received(name)));
    }

    /** The first output of the op, which must be float32. */
    Operand<TFloat32> output(Graph graph, Path names) {
      GraphOperation found = graph.operation(op);
      if (found == null
          || found.numOutputs() == 0
          || !found.output(0).type().equals(TFloat32.class)) {
        throw new EnvironmentException(
            Problem.with("names", names)
                .expected("an op of the graph with a float32 output")
                .received(op));
      }
      return found.output(0);
    }
  }

  /**
   * Reads the lines, in the order of the reference.
   *
   * @throws EnvironmentException if the file cannot be read, or names unknown tensors
   */
  static Map<TensorKey, Line> read(Path names, Reference reference) {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(names)) {
      lines.load(reader);
    } catch (IOException e) {
      throw IoFailure.of("names", names, "a properties file", e);
    }
    Map<TensorKey, Line> found = new LinkedHashMap<>();
    for (TensorKey key : reference.tensors().keySet()) {
      Object line = lines.remove(key.toString());
      if (line != null) {
        found.put(key, Line.parsed(line.toString(), names));
      }
    }
    if (!lines.isEmpty()) {
      throw new EnvironmentException(
          Problem.with("names", names)
              .expected("tensors of the reference " + reference.where())
              .received(lines.keySet()));
    }
    return found;
  }
}

package org.kerastwin.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;

/**
 * The header of an {@code .npy} file (NumPy's <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>):
 * magic, version, length, and a Python dictionary of type, order and shape.
 *
 * @param type the literal of the elements' type
 * @param isFortran whether the first dimension varies fastest
 * @param shape sizes of the dimensions
 * @param bytes length of the header, from the magic to the padding
 */
record NpyHeader(String type, boolean isFortran, List<Integer> shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit. */
  private static final int MAX_DICTIONARY = 10_000;

  /** The limit of NumPy 2. */
  private static final int MAX_DIMENSIONS = 64;

  /** NumPy pads the header so that the first dimension can grow to this many digits. */
  private static final int GROWTH_DIGITS = 21;

  private static final int ALIGNMENT = 64;

  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*+'(descr|fortran_order|shape)'\\s*+:\\s*+"
              + "('[^']*+'|True|False|\\([0-9, ]*+\\)|\\[.*\\])\\s*+(,|$)",
          Pattern.DOTALL);

  private static final Map<Character, String> KINDS =
      Map.of(
          'b', "boolean",
          'i', "integer",
          'u', "unsigned integer",
          'f', "float",
          'c', "complex",
          'S', "byte string",
          'U', "text",
          'M', "date",
          'm', "time difference",
          'V', "raw bytes");

  /**
   * How the elements are stored; empty if they are no numbers that this program reads, such as
   * text.
   */
  Optional<NpyElements> elements() {
    return type.startsWith("'")
        ? NpyElements.of(type.substring(1, type.length() - 1))
        : Optional.empty();
  }

  /** Says that the elements can't be read, naming their type. */
  EnvironmentException unsupported(Object where) {
    boolean isPlain = type.startsWith("'");
    String descriptor = isPlain ? type.substring(1, type.length() - 1) : type;
    String name = isPlain ? name(descriptor) : "a structured type";
    return new EnvironmentException(
        Problem.with("array", where)
            .expected("booleans, integers of at most 32 bits, int64, or floats of 16 to 64 bits")
            .received("%s, descr %s".formatted(name, Excerpt.of(descriptor)))
            .advice("Convert it with numpy's astype."));
  }

  /**
   * Reads a header.
   *
   * @param in positioned at the magic; afterwards at the first element
   * @param size the bytes of header and elements together
   * @param where the file, for messages
   */
  static NpyHeader read(InputStream in, long size, Object where) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length == 0) {
      throw new EnvironmentException(
          problem(where).expected("an .npy header").received("an empty file"));
    }
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new EnvironmentException(
          problem(where).expected("an .npy header").received("other data"));
    }
    int major = start[MAGIC.length];
    int minor = start[MAGIC.length + 1];
    if (major < 1 || major > 3 || minor != 0) {
      throw new EnvironmentException(
          problem(where)
              .expected(".npy version 1.0, 2.0 or 3.0")
              .received("version %d.%d".formatted(major, minor)));
    }
    int lengthBytes = major == 1 ? 2 : 4;
    byte[] length = new byte[4];
    int read = in.readNBytes(length, 0, lengthBytes);
    long dictionaryBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    dictionaryBytes &= 0xffffffffL;
    long headerBytes = start.length + lengthBytes + dictionaryBytes;
    if (read < lengthBytes || headerBytes > size || dictionaryBytes > MAX_DICTIONARY) {
      throw new EnvironmentException(
          problem(where)
              .expected(
                  "a header of at most %d bytes within the file's %d"
                      .formatted(MAX_DICTIONARY, size))
              .received("a length of " + dictionaryBytes));
    }
    byte[] dictionary = in.readNBytes((int) dictionaryBytes);
    if (dictionary.length < dictionaryBytes) {
      throw new EnvironmentException(
          problem(where).expected("a complete header").received("a cut-off file"));
    }
    String text =
        new String(dictionary, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return parse(text.strip(), (int) headerBytes, where);
  }

  private static NpyHeader parse(String text, int bytes, Object where) {
    Map<String, String> fields = new HashMap<>();
    boolean dictionary = text.length() >= 2 && text.startsWith("{") && text.endsWith("}");
    String body = dictionary ? text.substring(1, text.length() - 1).strip() : "";
    Matcher field = FIELD.matcher(body);
    int position = 0;
    while (position < body.length() && field.region(position, body.length()).lookingAt()) {
      if (fields.put(field.group(1), field.group(2)) != null) {
        break;
      }
      position = field.end();
    }
    if (position < body.length() || fields.size() != 3) {
      throw new EnvironmentException(
          problem(where)
              .expected("a header with descr, fortran_order and shape")
              .received("'%s'".formatted(Excerpt.of(text))));
    }
    String order = fields.get("fortran_order");
    if (!order.equals("True") && !order.equals("False")) {
      throw new EnvironmentException(
          problem(where).expected("fortran_order True or False").received(Excerpt.of(order)));
    }
    return new NpyHeader(
        fields.get("descr"), order.equals("True"), shape(fields.get("shape"), where), bytes);
  }

  private static String name(String descriptor) {
    char kind = descriptor.length() < 2 ? '?' : descriptor.charAt(1);
    if (kind == 'O') {
      return "Python objects (a pickle)";
    }
    String known = KINDS.getOrDefault(kind, "unknown");
    return (descriptor.startsWith(">") ? "big-endian " : "") + known + " elements";
  }

  private static List<Integer> shape(String literal, Object where) {
    List<Integer> shape = new ArrayList<>();
    boolean tuple = literal.startsWith("(");
    String body = tuple ? literal.substring(1, literal.length() - 1).strip() : "";
    // "(3)" is a number to Python, "(3,)" a tuple.
    tuple &= body.isEmpty() || body.contains(",");
    for (String part : body.replaceFirst(",$", "").split(",", -1)) {
      String number = part.strip();
      boolean fits = number.matches("[0-9]{1,10}") && Long.parseLong(number) <= Integer.MAX_VALUE;
      if (fits) {
        shape.add(Integer.parseInt(number));
      } else {
        tuple &= body.isEmpty();
      }
    }
    if (!tuple || shape.size() > MAX_DIMENSIONS || !addressable(shape)) {
      throw new EnvironmentException(
          problem(where)
              .expected("the shape of an array that fits in memory")
              .received(Excerpt.of(literal)));
    }
    return shape;
  }

  private static boolean addressable(List<Integer> shape) {
    try {
      return NdArray.elements(shape) >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Problem problem(Object where) {
    return Problem.with("array", where).advice("The array may be incomplete or in another format.");
  }

  /** The header of an array, byte for byte as NumPy writes it. */
  static byte[] encode(NdArray array) {
    List<String> sizes = array.shape().stream().map(String::valueOf).toList();
    String tuple = "(" + String.join(", ", sizes) + (sizes.size() == 1 ? ",)" : ")");
    String dictionary =
        String.format(
            Locale.ROOT,
            "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
            array.dtype().descriptor(),
            tuple);
    if (!sizes.isEmpty()) {
      dictionary += " ".repeat(GROWTH_DIGITS - sizes.get(0).length());
    }
    int prefix = MAGIC.length + 2 + 2;
    int padding = ALIGNMENT - (prefix + dictionary.length() + 1) % ALIGNMENT;
    byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(prefix + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }
}

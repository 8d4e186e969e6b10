package org.kerastwin.keras;

import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Reads text attributes, after adding up their declared lengths. Two references to one text are
 * rejected, since a small file could refer to one text many times.
 */
final class Hdf5Text {
  /** Descriptions of models take a few kilobytes. */
  private static final long MAX_CHARACTERS = 4L << 20;

  /** Length (4 bytes), address of the heap (8 as h5py writes), index in the heap (4). */
  private static final int HEAP_REFERENCE = 16;

  private static final int PLACE = HEAP_REFERENCE - Integer.BYTES;

  private final Attribute attribute;
  private final String where;

  private Hdf5Text(Attribute attribute, Object where) {
    this.attribute = attribute;
    this.where = "%s[%s]".formatted(where, attribute.getName());
  }

  /**
   * The strings of an attribute; empty if it has no elements or is not text, such as the empty
   * float64 list that h5py writes for a layer without weights.
   *
   * @throws EnvironmentException if the text is longer than any that Keras writes
   */
  static List<String> read(Attribute attribute, Object where) {
    boolean fixed = attribute.getDataType() instanceof StringData;
    boolean variable =
        attribute.getDataType() instanceof VariableLength type && type.isVariableLengthString();
    if (attribute.isEmpty() || !(fixed || variable)) {
      return List.of();
    }
    Hdf5Text text = new Hdf5Text(attribute, where);
    text.requireShort(fixed ? attribute.getSizeInBytes() : text.declaredCharacters());
    Object data = attribute.getData();
    List<String> strings =
        data instanceof Object[] many
            ? Arrays.stream(many).map(String::valueOf).toList()
            : List.of(String.valueOf(data));
    text.requireShort(strings.stream().mapToLong(String::length).sum());
    return strings;
  }

  private void requireShort(long characters) {
    if (characters > MAX_CHARACTERS) {
      throw new EnvironmentException(
          Problem.with("attribute", where)
              .expected("at most %d characters".formatted(MAX_CHARACTERS))
              .received("%d".formatted(characters)));
    }
  }

  private long declaredCharacters() {
    ByteBuffer references = attribute.getBuffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Set<ByteBuffer> places = new HashSet<>();
    long characters = 0;
    for (int at = 0; at + HEAP_REFERENCE <= references.limit(); at += HEAP_REFERENCE) {
      characters += Integer.toUnsignedLong(references.getInt(at));
      boolean isNull = references.getLong(at + Integer.BYTES) == 0;
      if (!isNull && !places.add(references.slice(at + Integer.BYTES, PLACE))) {
        throw new EnvironmentException(
            Problem.with("attribute", where)
                .expected("texts that are stored separately")
                .received("two texts at one address"));
      }
    }
    return characters;
  }
}

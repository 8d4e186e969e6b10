package org.kerastwin.keras;

import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.kerastwin.EnvironmentException;

/** Attributes of text, whose declared lengths are summed up before they are read. */
final class Hdf5Text {
  /** A model's description takes some kilobytes; the names of its weights less. */
  private static final long MAX_CHARACTERS = 4L << 20;

  /** Length (4 bytes), address of the heap (8 as h5py writes), index in the heap (4). */
  private static final int HEAP_REFERENCE = 16;

  private Hdf5Text() {}

  /**
   * The strings of an attribute; empty if it has no elements or they are no text, such as the empty
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
    long characters = fixed ? attribute.getSizeInBytes() : variableLength(attribute.getBuffer());
    if (characters > MAX_CHARACTERS) {
      throw new EnvironmentException(
          "attribute",
          where + "[" + attribute.getName() + "]",
          "at most %d characters".formatted(MAX_CHARACTERS),
          "%d".formatted(characters));
    }
    Object data = attribute.getData();
    return data instanceof Object[] many
        ? Arrays.stream(many).map(String::valueOf).toList()
        : List.of(String.valueOf(data));
  }

  private static long variableLength(ByteBuffer references) {
    ByteBuffer buffer = references.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long characters = 0;
    for (int at = 0; at + HEAP_REFERENCE <= buffer.limit(); at += HEAP_REFERENCE) {
      characters += Integer.toUnsignedLong(buffer.getInt(at));
    }
    return characters;
  }
}

package org.kerastwin.run.folder;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;

/**
 * A sign that training has failed although it continues.
 *
 * @param kind the sign
 * @param step the step after which it was seen
 */
public record Alarm(Kind kind, long step) {
  /** The signs. Checkpoints store their order. */
  public enum Kind {
    /** All samples look the same. */
    GENERATOR_COLLAPSED("samples that differ", "samples that are all alike"),
    /** The discriminator has told real images from fakes without error for many steps. */
    DISCRIMINATOR_WINS(
        "a discriminator that makes some errors", "one that has made none for many steps"),
    /** A loss is far above its value at the start. */
    LOSSES_EXPLODED("losses near those at the start", "losses more than 100 times as high");

    private final String expected;
    private final String received;

    Kind(String expected, String received) {
      this.expected = expected;
      this.received = received;
    }
  }

  /** What to tell the user. */
  public Problem problem() {
    return Problem.with("training at step", step)
        .expected(kind.expected)
        .received(kind.received)
        .remedy(Remedy.LOWER_THE_LEARNING_RATE);
  }

  /** Alarms as int64 {@code [alarms, 2]}: kind and step. */
  @SuppressWarnings("EnumOrdinal")
  public static NdArray toArray(List<Alarm> alarms) {
    long[] values = new long[2 * alarms.size()];
    for (int i = 0; i < alarms.size(); i++) {
      values[2 * i] = alarms.get(i).kind().ordinal();
      values[2 * i + 1] = alarms.get(i).step();
    }
    return NdArray.ofLongs(values, List.of(alarms.size(), 2));
  }

  /** Whether {@link #of} accepts an array. */
  public static boolean areAlarms(NdArray array) {
    if (array.dtype() != DType.INT64 || array.shape().size() != 2 || array.shape().get(1) != 2) {
      return false;
    }
    long[] values = array.longs();
    for (int i = 0; i < values.length; i += 2) {
      if (values[i] < 0 || values[i] >= Kind.values().length) {
        return false;
      }
    }
    return true;
  }

  /** The alarms in an array made by {@link #toArray}. */
  public static List<Alarm> of(NdArray array) {
    List<Alarm> alarms = new ArrayList<>();
    long[] values = array.longs();
    for (int i = 0; i < values.length; i += 2) {
      alarms.add(new Alarm(Kind.values()[(int) values[i]], values[i + 1]));
    }
    return alarms;
  }
}

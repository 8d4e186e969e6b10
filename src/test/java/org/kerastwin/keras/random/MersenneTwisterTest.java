package org.kerastwin.keras.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;

final class MersenneTwisterTest {
  /** The first five numbers of the authors' {@code mt19937ar.out}, for this key. */
  @Test
  void matchesTheReferenceKey() {
    MersenneTwister twister = MersenneTwister.ofKey(0x123, 0x234, 0x345, 0x456);
    assertArrayEquals(
        new long[] {1067595299, 955945823, 477289528, 4107218783L, 4228976476L}, draw(twister, 5));
  }

  /** The C++ standard, [rand.predef]: the 10,000th number after the default seed 5489. */
  @Test
  void matchesTheStandardSeed() {
    long[] drawn = draw(MersenneTwister.ofSeed(5489), 10_000);
    assertEquals(4123659995L, drawn[9_999]);
  }

  @Test
  void usesKeysLongerThanTheState() {
    int[] key = IntStream.range(0, 700).toArray();
    long first = draw(MersenneTwister.ofKey(key), 1)[0];
    key[699] = 0;
    long other = draw(MersenneTwister.ofKey(key), 1)[0];
    assertEquals(false, first == other);
  }

  @Test
  void restoresEveryPosition() {
    for (int drawn : new int[] {0, 1, 623, 624, 625, 5_000}) {
      MersenneTwister twister = MersenneTwister.ofSeed(1);
      draw(twister, drawn);
      MersenneTwister restored = MersenneTwister.restore(twister.state(), "test");
      assertArrayEquals(draw(twister, 2_000), draw(restored, 2_000));
    }
  }

  @Test
  void rejectsDamagedStates() {
    long[] good = MersenneTwister.ofSeed(1).state().longs();
    refuse(NdArray.ofLongs(new long[624], List.of(624)));
    refuse(NdArray.ofLongs(good, List.of(1, 625)));
    refuse(NdArray.ofFloats(new float[625], List.of(625)));
    refuse(with(good, 3, -1));
    refuse(with(good, 3, 1L << 32));
    refuse(with(good, 624, 625));
    refuse(NdArray.ofLongs(new long[625], List.of(625)));
  }

  private static NdArray with(long[] good, int index, long value) {
    long[] values = good.clone();
    values[index] = value;
    return NdArray.ofLongs(values, List.of(625));
  }

  private static void refuse(NdArray state) {
    assertThrows(EnvironmentException.class, () -> MersenneTwister.restore(state, "test"));
  }

  private static long[] draw(MersenneTwister twister, int count) {
    return LongStream.generate(() -> Integer.toUnsignedLong(twister.nextBits()))
        .limit(count)
        .toArray();
  }
}

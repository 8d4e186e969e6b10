package org.kerastwin.keras.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;

final class KerasStreamsTest {
  @ParameterizedTest
  @MethodSource("org.kerastwin.keras.random.RandomFixtures#seeds")
  void drawsInitializerSeedsAsKeras(JsonNode expected) {
    KerasStreams streams = KerasStreams.ofSeed(expected.get("seed").asLong());
    assertArrayEquals(
        RandomFixtures.longs(expected.get("initializer_seeds")), initializerSeeds(streams, 6));
    // The streams are independent: the initializers have not advanced NumPy's.
    assertEquals(
        RandomFixtures.hexDouble(expected.get("numpy").get("normal").get(0)),
        streams.numpy().nextNormal());
  }

  /** The kernels of generator and discriminator after {@code set_random_seed(42)}, from Keras. */
  @Test
  void seed42GivesTheKnownTable() {
    assertArrayEquals(
        new long[] {686579304, 119540832, 26855093, 796233791, 295310486, 262950629},
        initializerSeeds(KerasStreams.ofSeed(42), 6));
  }

  @Test
  void restoresBothStreams() {
    KerasStreams streams = KerasStreams.ofSeed(3);
    initializerSeeds(streams, 6);
    streams.numpy().normal(7);
    KerasStreams restored = KerasStreams.restore(streams.state(), "test");
    assertArrayEquals(initializerSeeds(streams, 9), initializerSeeds(restored, 9));
    assertArrayEquals(streams.numpy().normal(9), restored.numpy().normal(9));
    assertEquals(streams.state(), restored.state());
  }

  @Test
  void namesMissingStreams() {
    Map<String, NdArray> state = KerasStreams.ofSeed(3).state();
    state.remove("numpy");
    EnvironmentException e =
        assertThrows(EnvironmentException.class, () -> KerasStreams.restore(state, "rng.npz"));
    assertTrue(e.getMessage().contains("rng.npz") && e.getMessage().contains("numpy"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
  void rejectsSeedsThatNumPyRejects(long seed) {
    UsageException e = assertThrows(UsageException.class, () -> KerasStreams.ofSeed(seed));
    assertTrue(e.getMessage().contains("4294967295"), e::getMessage);
  }

  private static long[] initializerSeeds(KerasStreams streams, int count) {
    return LongStream.generate(streams::nextInitializerSeed).limit(count).toArray();
  }
}

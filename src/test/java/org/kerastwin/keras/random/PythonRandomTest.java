package org.kerastwin.keras.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PythonRandomTest {
  @ParameterizedTest
  @MethodSource("org.kerastwin.keras.random.RandomFixtures#seeds")
  void drawsWhatPythonDraws(JsonNode expected) {
    PythonRandom random = PythonRandom.ofSeed(expected.get("seed").asLong());
    JsonNode python = expected.get("python");
    assertArrayEquals(
        RandomFixtures.longs(python.get("randint_1_1e9")),
        LongStream.generate(() -> random.randint(1, 1_000_000_000)).limit(20).toArray());
    assertArrayEquals(
        RandomFixtures.longs(python.get("getrandbits_1_to_63")),
        IntStream.rangeClosed(1, 63).mapToLong(random::getrandbits).toArray());
    long[] words = LongStream.generate(() -> random.getrandbits(32)).limit(10_000).toArray();
    assertEquals(
        python.get("getrandbits_32_sha256").asText(), new RandomFixtures.Digest().add(words).hex());
    assertEquals(
        python.get("state").asText(),
        new RandomFixtures.Digest().add(random.state().longs()).hex());
  }

  @Test
  void restoresStreams() {
    PythonRandom random = PythonRandom.ofSeed(42);
    random.getrandbits(30);
    PythonRandom restored = PythonRandom.restore(random.state(), "test");
    assertEquals(random.randint(-7, 7_000_000_000L), restored.randint(-7, 7_000_000_000L));
  }

  @Test
  void rejectsInvalidRanges() {
    PythonRandom random = PythonRandom.ofSeed(0);
    assertThrows(IllegalArgumentException.class, () -> random.getrandbits(-1));
    assertThrows(IllegalArgumentException.class, () -> random.getrandbits(64));
    assertThrows(IllegalArgumentException.class, () -> random.randint(2, 1));
    assertEquals(0, random.getrandbits(0));
  }
}

package org.kerastwin.keras.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;

final class NumpyRandomTest {
  private static final String SEEDS = "org.kerastwin.keras.random.RandomFixtures#seeds";
  private static final int IMAGES = 60_000;
  private static final int BATCH = 256;
  private static final int HALF_BATCH = 128;
  private static final int NOISE_DIM = 100;

  @ParameterizedTest
  @MethodSource(SEEDS)
  void drawsNormalValuesBitForBit(JsonNode expected) {
    JsonNode numpy = expected.get("numpy");
    double[] values = stream(expected).normal(200_000);
    double[] first = Arrays.copyOf(values, numpy.get("normal").size());
    for (int i = 0; i < first.length; i++) {
      assertEquals(RandomFixtures.hexDouble(numpy.get("normal").get(i)), first[i]);
    }
    assertEquals(
        numpy.get("normal_sha256").asText(), new RandomFixtures.Digest().add(values).hex());
    assertEquals(
        numpy.get("normal_float32_sha256").asText(),
        new RandomFixtures.Digest().add(stream(expected).normalFloats(200_000)).hex());
  }

  @Test
  void drawsManyNormalValuesBitForBit() {
    JsonNode run = RandomFixtures.root().get("long_run");
    NumpyRandom random = NumpyRandom.ofSeed(run.get("seed").asLong());
    RandomFixtures.Digest digest = new RandomFixtures.Digest();
    int chunk = 100_000;
    for (int i = 0; i < run.get("count").asInt() / chunk; i++) {
      digest.add(random.normal(chunk));
    }
    assertEquals(run.get("normal_sha256").asText(), digest.hex());
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void drawsIntegersOfEveryRange(JsonNode expected) {
    JsonNode ranges = RandomFixtures.root().get("ranges");
    NumpyRandom random = stream(expected);
    for (int i = 0; i < ranges.size(); i++) {
      long[] range = RandomFixtures.longs(ranges.get(i));
      assertArrayEquals(
          RandomFixtures.longs(expected.get("numpy").get("randint").get(i)),
          random.randint(range[0], range[1], 5),
          "randint" + Arrays.toString(range));
    }
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void drawsWhatTheNotebookDraws(JsonNode expected) {
    NumpyRandom random = stream(expected);
    RandomFixtures.Digest digest = new RandomFixtures.Digest();
    for (int step = 0; step < 20; step++) {
      digest.add(random.randint(0, IMAGES, HALF_BATCH));
      digest.add(random.normal(HALF_BATCH * NOISE_DIM));
      digest.add(random.normal(BATCH * NOISE_DIM));
    }
    assertEquals(expected.get("numpy").get("loop_sha256").asText(), digest.hex());
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void keepsTheSecondNormalValueAcrossIntegers(JsonNode expected) {
    NumpyRandom random = stream(expected);
    RandomFixtures.Digest digest = new RandomFixtures.Digest();
    for (int count = 1; count < 200; count++) {
      digest.add(random.normal(count)).add(random.randint(0, IMAGES, count));
    }
    assertEquals(expected.get("numpy").get("odd_sha256").asText(), digest.hex());
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void savesTheStateAsNumPyDoes(JsonNode expected) {
    JsonNode wanted = expected.get("numpy").get("state");
    NumpyRandom random = stream(expected);
    random.normal(wanted.get("after").asInt());
    NdArray state = random.state();
    assertEquals(
        wanted.get("sha256").asText(), new RandomFixtures.Digest().add(state.longs()).hex());
    NumpyRandom restored = NumpyRandom.restore(state, "test");
    assertEquals(RandomFixtures.hexDouble(wanted.get("next")), restored.nextNormal());
    random.nextNormal();
    assertEquals(random.state(), restored.state());
    assertArrayEquals(random.normal(1_001), restored.normal(1_001));
  }

  @Test
  void rejectsDamagedStates() {
    long[] values = NumpyRandom.ofSeed(0).state().longs();
    values[625] = 2;
    NdArray state = NdArray.ofLongs(values, List.of(627));
    assertThrows(EnvironmentException.class, () -> NumpyRandom.restore(state, "test"));
    NdArray python = PythonRandom.ofSeed(0).state();
    assertThrows(EnvironmentException.class, () -> NumpyRandom.restore(python, "test"));
  }

  @Test
  void rejectsEmptyRanges() {
    NumpyRandom random = NumpyRandom.ofSeed(0);
    assertThrows(IllegalArgumentException.class, () -> random.randint(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> random.randint(0, 1, -1));
    assertThrows(
        IllegalArgumentException.class, () -> random.randint(Long.MIN_VALUE, Long.MAX_VALUE, 1));
  }

  @Test
  void rejectsLogarithmsOutsideTheDomain() {
    for (double x : new double[] {0, -1, Double.MIN_VALUE, 1.0 / 0, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> GlibcLog.log(x));
    }
    assertEquals(0.0, GlibcLog.log(1.0));
  }

  private static NumpyRandom stream(JsonNode expected) {
    return NumpyRandom.ofSeed(expected.get("seed").asLong());
  }
}

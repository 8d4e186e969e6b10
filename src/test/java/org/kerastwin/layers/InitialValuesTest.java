package org.kerastwin.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.testing.OneRun;
import org.kerastwin.weights.Initializer;
import org.kerastwin.weights.WeightSpec;

class InitialValuesTest {
  /** The kernels of generator and discriminator after {@code set_random_seed(42)}. */
  static Stream<Named<JsonNode>> kernels() {
    return StreamSupport.stream(KerasFixtures.names().get("initial").spliterator(), false)
        .map(kernel -> Named.of(kernel.get("path").asText(), kernel));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void glorotUniformEqualsKerasBitForBit(JsonNode kernel) throws NoSuchAlgorithmException {
    long[] sizes =
        StreamSupport.stream(kernel.get("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    NdArray values = values(Initializer.GLOROT_UNIFORM, kernel.get("seed")::asInt, sizes);
    for (int i = 0; i < 4; i++) {
      assertEquals((float) kernel.get("first").get(i).asDouble(), values.floats()[i]);
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(values.data());
    assertEquals(kernel.get("sha256").asText(), HexFormat.of().formatHex(sha256.digest()));
  }

  /** Known values, so that the fixtures can't change unnoticed. */
  @Test
  void seed42GivesTheKnownFirstKernel() {
    assertArrayEquals(
        new float[] {0.021982651f, 0.009980779f, -0.0086711515f, 0.027616598f},
        Arrays.copyOf(values(Initializer.GLOROT_UNIFORM, () -> 686579304, 100, 6272).floats(), 4));
  }

  @Test
  void zerosAndOnesDrawNoSeed() {
    IntSupplier none = () -> fail("a seed was drawn");
    assertArrayEquals(new float[3], values(Initializer.ZEROS, none, 3).floats());
    assertArrayEquals(new float[] {1, 1, 1}, values(Initializer.ONES, none, 3).floats());
  }

  private static NdArray values(Initializer initializer, IntSupplier seeds, long... shape) {
    try (OneRun run = new OneRun()) {
      WeightSpec weight = WeightSpec.trainable("kernel", initializer, shape);
      return run.fetch(InitialValues.of(run.tf, weight, seeds));
    }
  }
}

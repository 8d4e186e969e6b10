package org.kerastwin.keras.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;

/**
 * Random numbers and hashes from Python, made by {@code src/test/python/make_random_fixtures.py}.
 */
final class RandomFixtures {
  private RandomFixtures() {}

  static JsonNode root() {
    try (InputStream file = RandomFixtures.class.getResourceAsStream("/keras/random.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The draws of each seed, by name. */
  static Stream<Named<JsonNode>> seeds() {
    return StreamSupport.stream(root().get("seeds").spliterator(), false)
        .map(node -> Named.of("seed " + node.get("seed"), node));
  }

  static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  /** A double from Python's {@code float.hex()}. */
  static double hexDouble(JsonNode text) {
    return Double.parseDouble(text.asText());
  }

  /** An incremental SHA-256 over little-endian values. */
  static final class Digest {
    private final MessageDigest digest;

    Digest() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    Digest add(double... values) {
      ByteBuffer bytes = buffer(values.length * Double.BYTES);
      bytes.asDoubleBuffer().put(values);
      digest.update(bytes);
      return this;
    }

    Digest add(float... values) {
      ByteBuffer bytes = buffer(values.length * Float.BYTES);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes);
      return this;
    }

    Digest add(long... values) {
      ByteBuffer bytes = buffer(values.length * Long.BYTES);
      bytes.asLongBuffer().put(values);
      digest.update(bytes);
      return this;
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }

    private static ByteBuffer buffer(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}

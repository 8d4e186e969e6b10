package org.kerastwin.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Valid content with a few random changes; the same for the same seed. */
public final class Mutations {
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    1 << 20,
    1L << 30,
    1L << 40
  };

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "false",
          "-1",
          "0",
          "1e309",
          "-1e-309",
          "2147483648",
          "1.5",
          "\"\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[[[]]]]",
          "9".repeat(400),
          "\"Sequential\"",
          "\"Dense\"",
          "\"layers\"",
          "\"config\"",
          "{\"class_name\":\"Dense\"}",
          ",",
          "}",
          "[",
          ":",
          "[".repeat(2000),
          "{\"a\":".repeat(2000),
          "\"" + "x".repeat(5000) + "\"");

  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9][-+0-9.eE]*+|true|false|null|[\\[\\]{}:,]");

  private final SplittableRandom random;

  /** The changes for a seed. */
  public Mutations(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A random element. */
  public <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Bytes with one to four changes: numbers, cuts, gaps, repetitions. */
  public byte[] bytes(byte[] valid) {
    byte[] changed = valid.clone();
    for (int change = few(); change >= 0; change--) {
      changed = changed.length == 0 ? new byte[] {(byte) random.nextInt(256)} : once(changed);
    }
    return changed;
  }

  /** Usually only one change: after many, nothing is left to read. */
  private int few() {
    return random.nextInt(1 + random.nextInt(4));
  }

  private byte[] once(byte[] bytes) {
    int at = position(bytes.length);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    switch (random.nextInt(8)) {
      case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3, 4 -> number(bytes, at);
      case 5 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 6 -> {
        return joined(
            Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
      }
      default -> {
        return joined(
            Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
      }
    }
    return bytes;
  }

  /** Headers are at the beginning or the end; the numbers between may be anything. */
  private int position(int length) {
    int some = Math.min(512, length);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(some);
      case 1 -> length - 1 - random.nextInt(some);
      default -> random.nextInt(length);
    };
  }

  private void number(byte[] bytes, int at) {
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int size = 1 << random.nextInt(4);
    byte[] number = ByteBuffer.allocate(8).order(order).putLong(value).array();
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - size;
    System.arraycopy(number, from, bytes, at, Math.min(size, bytes.length - at));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** JSON with one to four of its tokens replaced by others, some of which do not fit. */
  public String json(String valid) {
    String changed = valid;
    for (int change = few(); change >= 0; change--) {
      List<MatchResult> tokens = TOKEN.matcher(changed).results().toList();
      if (tokens.isEmpty()) {
        return changed;
      }
      MatchResult token = pick(tokens);
      String other = random.nextBoolean() ? pick(JSON) : pick(tokens).group();
      changed = changed.substring(0, token.start()) + other + changed.substring(token.end());
    }
    return changed;
  }

  /** Changes the content of an entry, given its name. */
  @FunctionalInterface
  public interface EntryChange {
    /** The changed content. */
    byte[] of(String name, byte[] content);
  }

  /**
   * An archive of arrays, alternately changed in an entry with correct checksums and as a whole.
   *
   * @param number of the input
   */
  public byte[] arrays(long number, byte[] archive) {
    return number % 2 == 0 ? bytes(archive) : archive(archive, (name, content) -> bytes(content));
  }

  /** A valid archive with one changed entry and correct checksums. */
  public byte[] archive(byte[] valid, EntryChange change) {
    Map<String, byte[]> entries = entries(valid);
    if (entries.isEmpty()) {
      return valid;
    }
    String changed = pick(List.copyOf(entries.keySet()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(random.nextInt(2));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] content = entry.getValue();
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getKey().equals(changed) ? change.of(changed, content) : content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] archive) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }
}

package org.kerastwin.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class TfRecordsTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  /**
   * RFC 3720 gives 0xe3069283 for these digits; this is that value rotated right by 15 bits, plus
   * 0xa282ead8.
   */
  private static final int MASKED = 0xc78ab0e5;

  @Test
  void checksumIsMaskedCrc32c() {
    assertEquals(MASKED, TfRecords.checksum(DIGITS));
  }

  @Test
  void recordHasLengthAndTwoChecksums() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    TfRecords.write(DIGITS, output);
    byte[] record = output.toByteArray();
    assertEquals(8 + 4 + 9 + 4, record.length);
    byte[] length = HexFormat.of().parseHex("0900000000000000");
    assertArrayEquals(length, Arrays.copyOf(record, 8));
    assertArrayEquals(littleEndian(TfRecords.checksum(length)), Arrays.copyOfRange(record, 8, 12));
    assertArrayEquals(DIGITS, Arrays.copyOfRange(record, 12, 21));
    assertArrayEquals(littleEndian(MASKED), Arrays.copyOfRange(record, 21, 25));
  }

  private static byte[] littleEndian(int value) {
    return new byte[] {
      (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)
    };
  }
}

package org.kerastwin.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Records in TensorFlow's format TFRecord, of which event files consist: the length as int64, its
 * checksum, the data, their checksum, all little-endian. See {@code
 * tensorflow/core/lib/io/record_writer.h}.
 */
final class TfRecords {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_ROTATION = 15;

  private TfRecords() {}

  /** Writes one record. */
  static void write(byte[] data, OutputStream output) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    output.write(length);
    output.write(littleEndian(Integer.BYTES).putInt(checksum(length)).array());
    output.write(data);
    output.write(littleEndian(Integer.BYTES).putInt(checksum(data)).array());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * CRC-32C, masked as TensorFlow does: the plain CRC of data that end with their own CRC would be
   * a constant.
   */
  static int checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
  }
}

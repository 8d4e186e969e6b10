package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a camera was held, as EXIF numbers it from 1 to 8: a viewer transposes or mirrors the stored
 * pixels accordingly.
 *
 * @param code 1 if the pixels are stored as they are viewed
 */
record Orientation(int code) {
  /** The pixels are stored as they are viewed. */
  static final Orientation NONE = new Orientation(1);

  private static final int TRANSPOSED = 5;
  private static final int LAST = 8;

  private static final int TAG = 0x112;
  private static final int LITTLE_ENDIAN = 'I' << 8 | 'I';
  private static final int FIRST_DIRECTORY = 4;
  private static final int ENTRY_BYTES = 12;
  private static final int VALUE = 8;

  private static final long PNG = 0x89504e470d0a1a0aL;
  private static final int PNG_EXIF = 0x65584966;

  /** A chunk has a length and a type before its data, and a checksum after it. */
  private static final int CHUNK_HEAD = 8;

  private static final int CHUNK_END = 4;

  /**
   * The orientation in EXIF data.
   *
   * @param exif a TIFF structure; its first directory has the orientation
   * @return 1 if there is none, or the data are damaged, as viewers have it
   */
  static Orientation of(ByteBuffer exif) {
    try {
      exif.order(exif.getChar(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = exif.getInt(FIRST_DIRECTORY);
      int entries = exif.getChar(directory);
      for (int i = 0; i < entries; i++) {
        int entry = directory + 2 + i * ENTRY_BYTES;
        int value = exif.getChar(entry + VALUE);
        if (exif.getChar(entry) == TAG && value >= 1 && value <= LAST) {
          return new Orientation(value);
        }
      }
    } catch (IndexOutOfBoundsException damaged) {
      return NONE;
    }
    return NONE;
  }

  /** The orientation in a PNG file; 1 if it has none, or is another file. */
  static Orientation ofPng(byte[] file) {
    return pngExif(ByteBuffer.wrap(file)).map(Orientation::of).orElse(NONE);
  }

  private static Optional<ByteBuffer> pngExif(ByteBuffer file) {
    if (file.remaining() < Long.BYTES || file.getLong() != PNG) {
      return Optional.empty();
    }
    while (file.remaining() >= CHUNK_HEAD) {
      int length = file.getInt();
      int type = file.getInt();
      if (length < 0 || length > file.remaining() - CHUNK_END) {
        return Optional.empty();
      }
      if (type == PNG_EXIF) {
        return Optional.of(file.slice(file.position(), length));
      }
      file.position(file.position() + length + CHUNK_END);
    }
    return Optional.empty();
  }

  /** The picture as a viewer shows it. */
  Picture apply(Picture stored) {
    if (code == 1) {
      return stored;
    }
    ImageShape shape = stored.shape();
    boolean transposed = code >= TRANSPOSED;
    boolean upsideDown = code == 3 || code == 4 || code == 6 || code == 7;
    boolean mirrored = code == 2 || code == 3 || code == 7 || code == 8;
    int height = transposed ? shape.width() : shape.height();
    int width = transposed ? shape.height() : shape.width();
    byte[] pixels = new byte[stored.pixels().length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = transposed ? x : y;
        int column = transposed ? y : x;
        int from =
            (upsideDown ? shape.height() - 1 - row : row) * shape.width()
                + (mirrored ? shape.width() - 1 - column : column);
        for (int channel = 0; channel < shape.channels(); channel++) {
          pixels[at++] = stored.pixels()[from * shape.channels() + channel];
        }
      }
    }
    return new Picture(pixels, new ImageShape(height, width, shape.channels()));
  }
}

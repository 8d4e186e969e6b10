package org.kerastwin.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the segments before the pixels of a JPEG file say (ITU-T T.81, section B.1).
 *
 * @param components 1 for gray, 3 for color, 4 for the inks of a printer
 * @param adobeTransform the color transform that Adobe's segment names
 * @param exif the content of the EXIF segment, after its name
 */
record JpegHeader(int components, OptionalInt adobeTransform, Optional<ByteBuffer> exif) {
  private static final int START_OF_IMAGE = 0xffd8;
  private static final int APP_1 = 0xe1;
  private static final int APP_14 = 0xee;
  private static final int START_OF_SCAN = 0xda;

  /** Frame headers are 0xc0 to 0xcf, except the tables DHT, JPG and DAC. */
  private static final int FIRST_FRAME = 0xc0;

  private static final int LAST_FRAME = 0xcf;

  private static final int COMPONENTS = 5;
  private static final int TRANSFORM = 11;

  private static final int INKS = 4;

  /** Adobe's number of the transform of four inks. */
  private static final int YCCK = 2;

  /**
   * Reads the segments of a file.
   *
   * @return empty if it is not a JPEG file
   * @throws RuntimeException if it ends within a segment
   */
  static Optional<JpegHeader> of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < 2 || bytes.getChar() != START_OF_IMAGE) {
      return Optional.empty();
    }
    int components = 0;
    OptionalInt transform = OptionalInt.empty();
    Optional<ByteBuffer> exif = Optional.empty();
    int marker = next(bytes);
    while (marker != START_OF_SCAN) {
      int length = bytes.getChar() - 2;
      ByteBuffer segment = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      if (marker == APP_1 && startsWith(segment, "Exif\0\0")) {
        exif = Optional.of(segment.slice());
      } else if (marker == APP_14 && startsWith(segment, "Adobe")) {
        transform = OptionalInt.of(Byte.toUnsignedInt(segment.get(TRANSFORM)));
      } else if (isFrame(marker)) {
        components = segment.get(COMPONENTS);
      }
      marker = next(bytes);
    }
    return Optional.of(new JpegHeader(components, transform, exif));
  }

  /** The inks of a printer, if the picture is made of them. */
  Optional<Inks> inks() {
    return components == INKS
        ? Optional.of(new Inks(adobeTransform.orElse(0) == YCCK))
        : Optional.empty();
  }

  /** The code of the next marker; bytes before it and repeated 0xff fill the space. */
  private static int next(ByteBuffer bytes) {
    int before = 0;
    int code = Byte.toUnsignedInt(bytes.get());
    while (before != 0xff || code == 0 || code == 0xff) {
      before = code;
      code = Byte.toUnsignedInt(bytes.get());
    }
    return code;
  }

  private static boolean isFrame(int marker) {
    boolean isTable = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
    return marker >= FIRST_FRAME && marker <= LAST_FRAME && !isTable;
  }

  /** Whether a segment begins with a name; then it is positioned behind it. */
  private static boolean startsWith(ByteBuffer segment, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (i >= segment.limit() || segment.get(i) != name.charAt(i)) {
        return false;
      }
    }
    segment.position(name.length());
    return true;
  }
}

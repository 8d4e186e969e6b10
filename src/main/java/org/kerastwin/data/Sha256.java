package org.kerastwin.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.kerastwin.io.IoFailure;

/** A SHA-256 in the making: the name of a file's content. */
public final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The hash of a whole file. */
  public static String of(Path file) {
    Sha256 hash = new Sha256();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.read(chunk)) >= 0) {
        hash.update(ByteBuffer.wrap(chunk, 0, read));
      }
    } catch (IOException e) {
      throw IoFailure.of("file", file, "a readable file", e);
    }
    return hash.hex();
  }

  /** The hash of these bytes. */
  static String of(byte[] bytes) {
    Sha256 hash = new Sha256();
    hash.update(ByteBuffer.wrap(bytes));
    return hash.hex();
  }

  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** The hash in lower-case hexadecimal; ends the making. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

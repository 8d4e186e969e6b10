package org.kerastwin.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.kerastwin.EnvironmentException;

/** A SHA-256 hash, computed incrementally. */
public final class Sha256 {
  private final MessageDigest digest;

  /** Starts empty. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * The hash of a whole file, in lower-case hexadecimal.
   *
   * @throws EnvironmentException if it can't be read
   */
  public static String of(Path file) {
    try {
      return new Sha256().update(file).hex();
    } catch (IOException e) {
      throw IoFailure.of("file", file, "a readable file", e);
    }
  }

  /** The hash of these bytes, in lower-case hexadecimal. */
  public static String of(byte[] bytes) {
    return new Sha256().update(ByteBuffer.wrap(bytes)).hex();
  }

  /** Adds bytes. */
  public Sha256 update(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds the content of a file, which may be larger than memory. */
  public Sha256 update(Path file) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.read(chunk)) >= 0) {
        digest.update(chunk, 0, read);
      }
    }
    return this;
  }

  /** Returns the 32 bytes of the hash and starts again. */
  public byte[] digest() {
    return digest.digest();
  }

  /** Returns the hash in lower-case hexadecimal and starts again. */
  public String hex() {
    return HexFormat.of().formatHex(digest());
  }
}

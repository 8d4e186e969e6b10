package org.kerastwin.io;

/** Limits for untrusted files. */
public final class FileLimits {
  /** The largest file, and the largest content of a compressed file: 1 GiB. */
  public static final long BYTES = 1L << 30;

  /** The greatest compression ratio of deflate: 258 bytes from two bits. */
  public static final long DEFLATE_RATIO = 1032;

  private FileLimits() {}
}

package org.kerastwin.io;

/** Limits for untrusted files. */
public final class FileLimits {
  /** The largest file, and the largest content of a compressed file: 1 GiB. */
  public static final long BYTES = 1L << 30;

  /** The greatest compression that deflate reaches: 258 bytes from two bits, and a little more. */
  public static final long DEFLATE_RATIO = 1032;

  private FileLimits() {}
}

package org.kerastwin.io;

/** What a file from outside may claim at most. */
public final class FileLimits {
  /** The largest file, or content of a file when it is inflated: 1 GiB. */
  public static final long BYTES = 1L << 30;

  /**
   * No deflated stream is smaller than its content by more: 258 bytes of two bits, and a little.
   */
  public static final long DEFLATE_RATIO = 1032;

  private FileLimits() {}
}

package org.kerastwin.io;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive whose bytes depend only on its content: all entries have the same time, and
 * no field depends on the machine.
 */
public final class ZipWriter implements AutoCloseable {
  /**
   * Not 1 January 1980, the first day of zip, for which Java adds a field that depends on the time
   * zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;

  /** How an entry is stored. */
  public enum Compression {
    /** Uncompressed, so that readers can map it into memory. */
    STORED,
    /** Deflated at zlib's default level. */
    DEFLATED
  }

  /** Writes to a stream, which {@link #close} closes. */
  public ZipWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Adds an entry.
   *
   * @param name relative, with {@code /} between folders
   * @param content called once if deflated, and twice if stored, since the CRC comes first; must
   *     write the same bytes
   */
  public void add(String name, Compression compression, AtomicFile.Content content)
      throws IOException {
    CheckedZip.requireSafe("zip entry", name, name);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    if (compression == Compression.STORED) {
      Counter counter = new Counter();
      CRC32 crc = new CRC32();
      try (OutputStream measured = new CheckedOutputStream(counter, crc)) {
        content.writeTo(measured);
      }
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(counter.bytes);
      entry.setCompressedSize(counter.bytes);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    try (OutputStream out = new UncloseableStream(zip)) {
      content.writeTo(out);
    }
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Counts bytes and drops them. */
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] values, int offset, int length) {
      bytes += length;
    }
  }
}

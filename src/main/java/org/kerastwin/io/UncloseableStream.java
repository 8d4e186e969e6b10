package org.kerastwin.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A buffered stream that only flushes when it is closed; the underlying stream stays open. */
final class UncloseableStream extends BufferedOutputStream {
  UncloseableStream(OutputStream out) {
    super(out);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}

package org.kerastwin.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A buffered stream that only flushes when it is closed, so that content may wrap it in a stream of
 * its own and close that, while what is below stays open for the owner to finish.
 */
final class KeptOpen extends BufferedOutputStream {
  KeptOpen(OutputStream out) {
    super(out);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}

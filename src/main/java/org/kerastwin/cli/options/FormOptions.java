package org.kerastwin.cli.options;

import org.kerastwin.layers.Pass;
import picocli.CommandLine.Option;

/** Which graph; at most one of the two may be given. */
public final class FormOptions {
  @SuppressWarnings("UnusedVariable") // The default, which may be said.
  @Option(names = "--fast", description = "An algebraically equal, faster graph (the default).")
  private boolean fast;

  @Option(names = "--exact", description = "Keras's own ops: Keras's numbers bit for bit.")
  private boolean exact;

  public Pass.Form form() {
    return exact ? Pass.Form.EXACT : Pass.Form.FAST;
  }
}

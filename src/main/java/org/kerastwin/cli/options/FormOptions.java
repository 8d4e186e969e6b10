package org.kerastwin.cli.options;

import org.kerastwin.layers.Pass;
import picocli.CommandLine.Option;

/** The options that choose the graph; at most one may be given. */
public final class FormOptions {
  @SuppressWarnings("UnusedVariable") // The default, which users may still name.
  @Option(names = "--fast", order = 50)
  private boolean fast;

  @Option(names = "--exact", order = 51)
  private boolean exact;

  public Pass.Form form() {
    return exact ? Pass.Form.EXACT : Pass.Form.FAST;
  }
}

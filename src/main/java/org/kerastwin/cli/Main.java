package org.kerastwin.cli;

import java.util.Locale;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    // Numbers in files and messages do not depend on the locale.
    Locale.setDefault(Locale.ROOT);
    System.exit(new Program().run(arguments));
  }
}

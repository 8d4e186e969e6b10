package org.kerastwin.cli;

import java.util.Locale;

/** The entry point of the program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    // Numbers in files and messages must not depend on the user's locale.
    Locale.setDefault(Locale.ROOT);
    System.exit(new Program().run(arguments));
  }
}

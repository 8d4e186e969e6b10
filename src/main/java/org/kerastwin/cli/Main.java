package org.kerastwin.cli;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new Program().run(arguments));
  }
}

package org.kerastwin;

/**
 * The command line, or an argument, asks for what cannot be. The program's exit code for it is 2.
 */
public final class UsageException extends RuntimeException {
  /**
   * Creates the exception in the project's one form of message.
   *
   * @param what the kind of thing, such as "option"
   * @param where which one
   * @param expected what would be valid
   * @param received what was given
   * @param remedy what the user can do, a full sentence; may be empty
   */
  public UsageException(
      String what, Object where, String expected, String received, String remedy) {
    super(Message.of(what, where, expected, received, remedy));
  }

  /** The same without a remedy. */
  public UsageException(String what, Object where, String expected, String received) {
    this(what, where, expected, received, "");
  }
}

package org.kerastwin.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * Turns exceptions about files and connections into the project's messages, with advice if
 * possible.
 */
public final class IoFailure {
  private IoFailure() {}

  /**
   * Makes the exception to throw.
   *
   * @param what the kind of thing, such as "file"
   * @param where which one
   * @param expected the requirement
   * @param cause the library's exception, kept as the cause
   */
  public static EnvironmentException of(
      String what, Object where, String expected, Exception cause) {
    return new EnvironmentException(
            Problem.with(what, where)
                .expected(expected)
                .received(describe(cause))
                .advice(remedy(cause)))
        .causedBy(cause);
  }

  /** Describes an exception in one line, without the name of a Java class if possible. */
  public static String describe(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (isDenied(failure)) {
      return "no permission";
    }
    if (failure instanceof FileAlreadyExistsException exists) {
      return "a file '%s' where a folder is needed".formatted(exists.getFile());
    }
    if (failure instanceof EOFException) {
      return "data that is cut off";
    }
    if (failure instanceof ZipException) {
      return "damaged data (%s)".formatted(line(failure.getMessage(), failure));
    }
    if (failure instanceof FileSystemException system) {
      return line(system.getReason(), failure);
    }
    if (failure.getMessage() == null && failure.getCause() != null) {
      return describe(failure.getCause());
    }
    return line(failure.getMessage(), failure);
  }

  /** {@code ZipFile} throws a {@code FileNotFoundException} if access is denied. */
  private static boolean isDenied(Throwable failure) {
    return failure instanceof AccessDeniedException
        || (failure instanceof FileNotFoundException
            && String.valueOf(failure.getMessage()).endsWith("(Permission denied)"));
  }

  private static String line(String message, Throwable failure) {
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.+$", "");
  }

  private static String remedy(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "Check the path.";
    }
    if (isDenied(failure)) {
      return "Check the permissions of the file and its folder.";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "Choose another name.";
    }
    if (failure instanceof ZipException || failure instanceof EOFException) {
      return "Copy or create the file again.";
    }
    if (describe(failure).toLowerCase(Locale.ROOT).contains("no space left")) {
      return "Free some disk space.";
    }
    return "";
  }
}

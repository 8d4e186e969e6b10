package org.kerastwin.io;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The last part of a path, whose ending names the file's format. Case does not matter.
 *
 * @param text the name in lower case; empty for a path without one
 */
public record FileName(String text) {
  private static final Pattern ENDING = Pattern.compile(".+\\.(?!v?\\d+$)[^.]*", Pattern.DOTALL);

  /** The name of a path. */
  public static FileName of(Path path) {
    Path last = path.getFileName();
    return new FileName(last == null ? "" : last.toString().toLowerCase(Locale.ROOT));
  }

  /** Whether the name has this ending. */
  public boolean endsWith(String ending) {
    return text.endsWith(ending);
  }

  /**
   * Whether the name has any ending. Leading dots do not count, and dots before a number or version
   * do not either, as in {@code generator-1.5} and {@code run.v2}.
   */
  public boolean hasEnding() {
    return ENDING.matcher(text).matches();
  }
}

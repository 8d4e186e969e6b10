package org.kerastwin.io;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The last name of a path, whose ending says what is kept there; capitals count as small letters.
 *
 * @param text the name in small letters; empty for a path without one
 */
public record FileName(String text) {
  /** That of a path. */
  public static FileName of(Path path) {
    Path last = path.getFileName();
    return new FileName(last == null ? "" : last.toString().toLowerCase(Locale.ROOT));
  }

  /** Whether it ends so. */
  public boolean endsWith(String ending) {
    return text.endsWith(ending);
  }

  /** Whether it has an ending at all; a dot at its beginning makes none. */
  public boolean hasEnding() {
    return text.lastIndexOf('.') > 0;
  }
}

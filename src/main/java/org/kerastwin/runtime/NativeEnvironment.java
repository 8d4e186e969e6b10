package org.kerastwin.runtime;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Optional;

/**
 * The environment variables of this process as native code reads them. Java has a copy made at its
 * start and can't set them. On Windows the C library has a copy too, so variables can't be set
 * there.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** Sets a variable unless the user has set it; returns whether it was set here. */
  static boolean setUnlessSet(String variable, String value) {
    if (System.getenv(variable) != null || Platform.isWindows()) {
      return false;
    }
    NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {variable, value, 1});
    return true;
  }

  /** The value of a variable. */
  static Optional<String> get(String variable) {
    return Optional.ofNullable(
        Platform.isWindows()
            ? System.getenv(variable)
            : NativeLibrary.getProcess()
                .getFunction("getenv")
                .invokeString(new Object[] {variable}, false));
  }
}

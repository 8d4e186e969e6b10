package org.kerastwin.runtime.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The release of NVIDIA's driver that the kernel of Linux has loaded, such as "550.54.15". */
public final class DriverRelease {
  /** The file in which the kernel's module gives its version. */
  public static final Path MODULE = Path.of("/proc/driver/nvidia/version");

  private static final Pattern RELEASE = Pattern.compile("Module .*?(\\d+\\.\\d+(?:\\.\\d+)?)");

  private DriverRelease() {}

  /** The release in the module's file; empty if the module is not loaded. */
  public static Optional<String> in(Path module) {
    try {
      return RELEASE
          .matcher(Files.readString(module))
          .results()
          .map(found -> found.group(1))
          .findFirst();
    } catch (IOException notLoaded) {
      return Optional.empty();
    }
  }
}

package org.kerastwin.runtime.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The release of the NVIDIA driver loaded in the Linux kernel, such as "550.54.15". */
public final class DriverRelease {
  /** The file with the version of the kernel module. */
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

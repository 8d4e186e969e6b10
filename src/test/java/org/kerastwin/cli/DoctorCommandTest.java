package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private static final long MIB = 1 << 20;

  private static String findings() {
    Invocation done = Invocation.of("doctor");
    assertEquals(ExitCode.DONE, done.code(), done.err());
    return done.out();
  }

  @Test
  void describesTheEnvironment() {
    String findings = findings();
    for (String finding : List.of("trainer", "TensorFlow", "Java", "CPU", "CUDA", "MNIST")) {
      assertTrue(findings.matches("(?ms).*^" + finding + " {2,}\\S.*"), findings);
    }
  }

  /** The cache has a link beside each library. */
  @Test
  void countsEachNativeLibraryOnce() throws IOException {
    String findings = findings();
    Matcher line = Pattern.compile("(?m)^native libraries +(.+), ([0-9]+) MiB$").matcher(findings);
    assertTrue(line.find(), findings);
    long bytes = 0;
    boolean hasLinks = false;
    try (Stream<Path> files = Files.walk(Path.of(line.group(1)))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        hasLinks |= Files.isSymbolicLink(file);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          bytes += Files.size(file);
        }
      }
    }
    assertTrue(hasLinks, findings);
    assertEquals(bytes / MIB, Long.parseLong(line.group(2)), findings);
  }
}

package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A shared library in C that stands in for a missing one. */
public final class CompiledLibrary {
  private CompiledLibrary() {}

  /**
   * Compiles a library, or skips the test if there is no compiler.
   *
   * @param name the file name, by which the loader finds the opened library
   */
  public static Path in(Path folder, String name, String program)
      throws IOException, InterruptedException {
    Optional<Path> cc = Programs.find("cc");
    assumeTrue(cc.isPresent(), "needs a C compiler to make a stand-in");
    Path source = Files.writeString(folder.resolve(name + ".c"), program);
    Path library = folder.resolve(name);
    Process compiler =
        new ProcessBuilder(
                cc.get().toString(),
                "-shared",
                "-fPIC",
                "-Wl,-z,noexecstack,-soname," + name,
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start();
    assertEquals(0, compiler.waitFor());
    return library;
  }
}

package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program is found where a shell finds it. */
@EnabledOnOs(OS.LINUX)
class ProgramsTest {
  @TempDir private Path folder;

  @Test
  void findsTheFirstExecutable() throws IOException {
    Path first = Files.createDirectories(folder.resolve("first"));
    Path second = Files.createDirectories(folder.resolve("second"));
    Files.writeString(first.resolve("cc"), "no program");
    Path program = Files.writeString(second.resolve("cc"), "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));
    String folders = first + File.pathSeparator + second;
    assertEquals(Optional.of(program), Programs.find("cc", folders));
    assertEquals(Optional.empty(), Programs.find("python3", folders));
  }
}

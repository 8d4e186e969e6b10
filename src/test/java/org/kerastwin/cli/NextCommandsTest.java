package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NextCommandsTest {
  @Test
  void namesTheRunFolder() {
    assertEquals(
        "java -jar trainer.jar train --resume --output runs/upsampling",
        NextCommands.of(Path.of("runs/upsampling")).get(0).line());
  }

  @Test
  void quotesPathsForAShell() {
    assertEquals("runs/a-1.b", NextCommands.quoted("runs/a-1.b"));
    assertEquals("'my runs'", NextCommands.quoted("my runs"));
    assertEquals("'it'\\''s'", NextCommands.quoted("it's"));
    assertEquals("'$HOME'", NextCommands.quoted("$HOME"));
  }
}

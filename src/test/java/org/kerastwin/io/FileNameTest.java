package org.kerastwin.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "model.keras, true",
    "model.H5, true",
    "a.b.png, true",
    "model., true",
    "model, false",
    ".hidden, false",
    "runs.d/model, false",
    "generator-1.5, false",
    "2026.11.25, false",
    "run.v2, false",
    "run.v2.npz, true"
  })
  void distinguishesEndingsFromOtherDots(String name, boolean expected) {
    assertEquals(expected, FileName.of(Path.of(name)).hasEnding());
  }
}

package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.Problem;

class QualityCopyTest {
  private static final String HEADER = "epoch,score\n";
  private static final String FIRST = "1,2.5\n";
  private static final String SECOND = "2,3.5\n";
  private static final String WHOLE = HEADER + FIRST + SECOND;

  @TempDir Path run;
  private final List<Problem> warnings = new ArrayList<>();
  private QualityCopy quality;

  @BeforeEach
  void write() {
    quality = QualityCopy.of(run);
    quality.write(WHOLE);
  }

  private void repair() throws IOException {
    quality.repair(warnings::add);
    assertEquals(WHOLE, Files.readString(quality.file()));
  }

  @Test
  void acceptsTheFileAsItWasWritten() throws IOException {
    assertEquals(Optional.empty(), quality.difference());
    repair();
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEADER + "1,2.6\n" + SECOND,
        HEADER + FIRST + "2,3.6\n",
        HEADER + SECOND + FIRST,
        HEADER + SECOND,
        HEADER,
        WHOLE + "3,4.5\n",
        HEADER + FIRST + "2,3.5",
        "epoch,score\r\n1,2.5\r\n2,3.5\r\n",
        "epoch,scorn\n" + FIRST + SECOND,
        "\u00ff",
        ""
      })
  void namesAndRepairsEveryChange(String changed) throws IOException {
    Files.writeString(quality.file(), changed);
    assertTrue(quality.difference().orElseThrow().toString().contains(quality.file().toString()));
    repair();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).toString().contains(quality.file().toString()));
  }

  /** A kill between the two files. */
  @Test
  void addsTheLastRowWithoutAWarning() throws IOException {
    Files.writeString(quality.file(), HEADER + FIRST);
    assertEquals(Optional.empty(), quality.difference());
    repair();
    assertEquals(List.of(), warnings);
  }

  /** The same for the first row. */
  @Test
  void addsTheFirstRowWithoutAWarning() throws IOException {
    quality.write(HEADER + FIRST);
    Files.delete(quality.file());
    quality.repair(warnings::add);
    assertEquals(HEADER + FIRST, Files.readString(quality.file()));
    assertEquals(List.of(), warnings);
  }

  @Test
  void setsADamagedCopyAside() throws IOException {
    byte[] bytes = Files.readAllBytes(quality.copy());
    bytes[bytes.length / 2] ^= 1;
    Files.write(quality.copy(), bytes);
    repair();
    assertFalse(Files.exists(quality.copy()));
    assertTrue(warnings.get(0).toString().contains(quality.copy().toString()));
  }

  @Test
  void acceptsRunsWithoutACopy() throws IOException {
    Files.delete(quality.copy());
    assertEquals(Optional.empty(), quality.difference());
    repair();
    assertEquals(List.of(), warnings);
  }
}

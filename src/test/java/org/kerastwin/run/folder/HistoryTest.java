package org.kerastwin.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

class HistoryTest {
  private static final String HEADER = "step,epoch,d_loss_real,d_loss_fake,g_loss\n";
  private static final String FIRST = "1,1,0.5,0.25,2\n";
  private static final String SECOND = "2,1,1.5,0.75,3\n";
  private static final String THIRD = "3,2,0.100000001,7.62939453e-06,nan\n";

  @TempDir Path folder;
  private final List<Problem> warnings = new ArrayList<>();

  private Path file() {
    return folder.resolve("history.csv");
  }

  /** Two steps in an epoch. */
  private static Position at(long step) {
    return new Position(step, 2, 9);
  }

  private static StepMetrics metrics(float real, float fake, float generator) {
    return new StepMetrics(new Losses(real, fake, generator), 0.75f, 0.125f);
  }

  private History resume(int steps) {
    return History.resume(file(), History.read(file(), steps).series(), at(steps), warnings::add);
  }

  private History threeSteps() {
    History history = History.create(file());
    history.add(at(1), metrics(0.5f, 0.25f, 2));
    history.add(at(2), metrics(1.5f, 0.75f, 3));
    history.add(at(3), metrics(0.1f, 0x1p-17f, Float.NaN));
    return history;
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  @Test
  void writesRowsImmediately() throws IOException {
    try (History history = History.create(file())) {
      assertEquals(HEADER, text());
      history.add(at(1), metrics(0.5f, 0.25f, 2));
      assertEquals(HEADER + FIRST, text());
    }
  }

  @Test
  void formatsLossesAsC() throws IOException {
    threeSteps().close();
    assertEquals(HEADER + FIRST + SECOND + THIRD, text());
  }

  @Test
  void ignoresTheLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      threeSteps().close();
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(HEADER + FIRST + SECOND + THIRD, text());
  }

  @Test
  void resumingDropsRowsAfterTheCheckpoint() throws IOException {
    threeSteps().close();
    try (History history = resume(1)) {
      assertEquals(HEADER + FIRST, text());
      history.add(at(2), metrics(1.5f, 0.75f, 3));
      assertEquals(new Losses(1, 0.5f, 2.5f), history.series().meanOfLast(2));
    }
    assertEquals(HEADER + FIRST + SECOND, text());
  }

  /** A kill leaves rows after the checkpoint, and may cut off the last. */
  @ParameterizedTest
  @ValueSource(strings = {"", SECOND, SECOND + THIRD, SECOND + "3,2,0.1", "2"})
  void dropsRowsOfAKilledRunWithoutAWarning(String later) throws IOException {
    StepSeries first = new StepSeries();
    first.add(metrics(0.5f, 0.25f, 2));
    Files.writeString(file(), HEADER + FIRST + later);
    History.resume(file(), first, at(1), warnings::add).close();
    assertEquals(List.of(), warnings);
    assertEquals(HEADER + FIRST, text());
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, THIRD, "\n", "2,1,1.5,0.75\n", "2,1,1.5,0.75,3\r\n"})
  void namesRowsThatNoRunWrites(String later) throws IOException {
    StepSeries first = new StepSeries();
    first.add(metrics(0.5f, 0.25f, 2));
    Files.writeString(file(), HEADER + FIRST + later);
    History.resume(file(), first, at(1), warnings::add).close();
    assertEquals(1, warnings.size());
    assertEquals(HEADER + FIRST, text());
  }

  @Test
  void readingChangesNothing() throws IOException {
    String torn = HEADER + FIRST + SECOND + "3,2,0.1";
    Files.writeString(file(), torn);
    HistorySteps read = History.read(file(), 2);
    assertEquals(2, read.series().steps());
    assertEquals(1, read.later());
    assertEquals(1, read.epoch());
    assertEquals(0, History.read(file(), 0).epoch());
    assertEquals(torn, text());
  }

  @Test
  void resumingAtStepZeroKeepsOnlyTheHeader() throws IOException {
    threeSteps().close();
    resume(0).close();
    assertEquals(HEADER, text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "step,epoch\n" + FIRST + SECOND,
        HEADER + FIRST,
        HEADER + FIRST + "2,1,1.5,0.75\n",
        HEADER + FIRST + "2,1,1.5,0.75,3,4\n",
        HEADER + FIRST + "2,1,1.5,abc,3\n",
        HEADER + FIRST + "2,1,1.5,0.7.5,3\n",
        HEADER + FIRST + "2,1,1.5,.,3\n",
        HEADER + FIRST + "2,x,1.5,0.75,3\n",
        HEADER + FIRST + "x,1,1.5,0.75,3\n",
        HEADER + FIRST + "3,1,1.5,0.75,3\n",
        HEADER + FIRST + "\n",
        HEADER + SECOND + FIRST
      })
  void rejectsDamagedHistoriesUnchanged(String damaged) throws IOException {
    Files.writeString(file(), damaged);
    assertTrue(refusal().contains(file().toString()));
    assertEquals(damaged, text());
  }

  @Test
  void rejectsMissingAndBinaryFiles() throws IOException {
    refusal();
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refusal();
  }

  private String refusal() {
    return assertThrows(EnvironmentException.class, () -> resume(2).close()).getMessage();
  }
}

package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.training.Losses;

class HistoryTest {
  private static final String HEADER = "step,epoch,d_loss_real,d_loss_fake,g_loss\n";
  private static final String FIRST = "1,1,0.5,0.25,2\n";
  private static final String SECOND = "2,1,1.5,0.75,3\n";
  private static final String THIRD = "3,2,0.100000001,7.62939453e-06,nan\n";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("history.csv");
  }

  private History threeSteps() {
    History history = History.create(file());
    history.add(1, 1, new Losses(0.5f, 0.25f, 2));
    history.add(2, 1, new Losses(1.5f, 0.75f, 3));
    history.add(3, 2, new Losses(0.1f, 0x1p-17f, Float.NaN));
    return history;
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  @Test
  void everyRowIsInTheFileAsSoonAsItIsAdded() throws IOException {
    try (History history = History.create(file())) {
      assertEquals(HEADER, text());
      history.add(1, 1, new Losses(0.5f, 0.25f, 2));
      assertEquals(HEADER + FIRST, text());
    }
  }

  @Test
  void rowsAreStepEpochAndTheLossesOfC() throws IOException {
    threeSteps().close();
    assertEquals(HEADER + FIRST + SECOND + THIRD, text());
  }

  @Test
  void theUsersLanguageDoesNotChangeTheFile() throws IOException {
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
  void theMeanIsThatOfTheEpochUnderWay() {
    try (History history = threeSteps()) {
      history.add(4, 3, new Losses(1, 2, 3));
      history.add(5, 3, new Losses(2, 4, 7));
      assertEquals(new Losses(1.5f, 3, 5), history.epochMean());
    }
  }

  @Test
  void aResumedHistoryDropsTheRowsAfterItsCheckpointAndGoesOn() throws IOException {
    threeSteps().close();
    try (History history = History.resume(file(), 1)) {
      assertEquals(HEADER + FIRST, text());
      history.add(2, 1, new Losses(1.5f, 0.75f, 3));
      assertEquals(new Losses(1, 0.5f, 2.5f), history.epochMean());
    }
    assertEquals(HEADER + FIRST + SECOND, text());
  }

  @Test
  void readingCountsTheRowsAfterTheStepsAndChangesNothing() throws IOException {
    String torn = HEADER + FIRST + SECOND + "3,2,0.1";
    Files.writeString(file(), torn);
    History.Steps read = History.read(file(), 2);
    assertEquals(2, read.rows().size());
    assertEquals(1, read.later());
    assertEquals(1, read.epoch());
    assertEquals(0, History.read(file(), 0).epoch());
    assertEquals(torn, text());
  }

  @Test
  void aCheckpointBeforeTheFirstStepLeavesTheHeader() throws IOException {
    threeSteps().close();
    History.resume(file(), 0).close();
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
        HEADER + FIRST + "2,x,1.5,0.75,3\n",
        HEADER + FIRST + "x,1,1.5,0.75,3\n",
        HEADER + FIRST + "3,1,1.5,0.75,3\n",
        HEADER + FIRST + "\n",
        HEADER + SECOND + FIRST
      })
  void aDamagedHistoryIsRefusedAndLeftAsItIs(String damaged) throws IOException {
    Files.writeString(file(), damaged);
    assertTrue(refusal().contains(file().toString()));
    assertEquals(damaged, text());
  }

  @Test
  void aMissingOrBinaryFileIsRefused() throws IOException {
    refusal();
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refusal();
  }

  private String refusal() {
    return assertThrows(EnvironmentException.class, () -> History.resume(file(), 2).close())
        .getMessage();
  }
}

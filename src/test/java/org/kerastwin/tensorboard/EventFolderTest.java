package org.kerastwin.tensorboard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.EnvironmentException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

final class EventFolderTest {
  @TempDir Path temporary;

  private EventFolder folder() {
    return new EventFolder(temporary.resolve("events"));
  }

  private void writeTo(long last) {
    folder()
        .write(
            last,
            (events, before) -> {
              for (long step = before + 1; step <= last; step++) {
                events.scalar(step, "loss", step / 2f);
              }
            });
  }

  private List<Long> steps() throws IOException {
    return events().stream().filter(Event::hasSummary).map(Event::getStep).toList();
  }

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder().path())) {
      for (Path file : files.sorted().toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          byte[] data = new byte[Math.toIntExact(bytes.getLong())];
          bytes.getInt();
          bytes.get(data);
          bytes.getInt();
          events.add(Event.parseFrom(data));
        }
      }
    }
    return events;
  }

  @Test
  void filesBeginWithTheirVersion() throws IOException {
    writeTo(1);
    Event first = events().get(0);
    assertEquals("brain.Event:2", first.getFileVersion());
    assertTrue(first.getWallTime() > 0);
    Summary.Value value = events().get(1).getSummary().getValue(0);
    assertEquals("loss", value.getTag());
    assertEquals(0.5f, value.getSimpleValue());
  }

  @Test
  void filesContinueEachOther() throws IOException {
    writeTo(2);
    writeTo(5);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
  }

  @Test
  void writingAgainReplaces() throws IOException {
    writeTo(2);
    writeTo(5);
    writeTo(5);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
  }

  @Test
  void resumingDropsLaterSteps() throws IOException {
    writeTo(2);
    writeTo(5);
    writeTo(4);
    assertEquals(List.of(1L, 2L, 3L, 4L), steps());
  }

  @Test
  void newRunsNeedAFolderWithoutEvents() throws IOException {
    assertDoesNotThrow(folder()::requireNew);
    Files.createDirectories(folder().path());
    Files.writeString(folder().path().resolve("notes.txt"), "");
    assertDoesNotThrow(folder()::requireNew);
    Files.writeString(folder().path().resolve("events.out.tfevents.1700000000.host"), "");
    assertThrows(EnvironmentException.class, folder()::requireNew);
  }

  /** The color spaces of summary.proto: 1 is gray, 3 is RGB. */
  @ParameterizedTest
  @CsvSource({"0, 1", "2, 3"})
  void recordsSizeAndColorOfImages(byte colorType, int colorspace) throws IOException {
    byte[] png = new byte[26];
    png[19] = 7;
    png[23] = 5;
    png[25] = colorType;
    folder().write(1, (events, before) -> events.image(1, "samples", png));
    Summary.Image image = events().get(1).getSummary().getValue(0).getImage();
    assertEquals(7, image.getWidth());
    assertEquals(5, image.getHeight());
    assertEquals(26, image.getEncodedImageString().size());
    assertEquals(colorspace, image.getColorspace());
  }
}

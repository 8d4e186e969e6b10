package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.model.Dcgan;
import org.kerastwin.testing.Python;

/**
 * TensorBoard's own reader finds the history of a run in its event files. Needs tensorboard; {@code
 * mvn verify -Plive -Dpython=/path/to/python}.
 */
@Tag("live")
class TensorBoardTest {
  private static final Path SCRIPT = Path.of("src/test/python/check_events.py");

  private static final int SIDE = Dcgan.IMAGE_SIZE;

  @TempDir Path folder;

  /** 40 images: three steps of 16 per epoch. */
  @BeforeEach
  void writeImages() {
    byte[] pixels = new byte[40 * SIDE * SIDE];
    new Random(7).nextBytes(pixels);
    NdArray images = NdArray.ofBytes(pixels, List.of(40, SIDE, SIDE));
    NdArray labels = NdArray.ofBytes(new byte[40], List.of(40));
    Map<String, NdArray> arrays =
        Map.of("x_train", images, "y_train", labels, "x_test", images, "y_test", labels);
    Npz.write(folder.resolve("images.npz"), arrays, ZipWriter.Compression.STORED);
  }

  private void train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--output", run().toString()));
    arguments.addAll(List.of(more));
    assertEquals(0, new Program().run(arguments.toArray(new String[0])), arguments::toString);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private void begin(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--dataset", folder.resolve("images.npz").toString(), "--batch-size", "16"));
    arguments.addAll(List.of("--epochs", "3", "--max-steps", "4"));
    arguments.addAll(List.of(more));
    train(arguments.toArray(new String[0]));
  }

  @Test
  void resumedRunsRepeatNoStep() throws Exception {
    begin("--tensorboard");
    train("--resume");
    Python.run(SCRIPT, run(), run().resolve("tensorboard"));
  }

  @Test
  void addsEarlierSteps() throws Exception {
    Path events = folder.resolve("events");
    begin();
    train("--resume", "--max-steps", "5", "--tensorboard", events.toString());
    train("--resume", "--tensorboard", events.toString());
    try (Stream<Path> files = Files.list(events)) {
      assertEquals(3, files.count());
    }
    Python.run(SCRIPT, run(), events);
  }
}

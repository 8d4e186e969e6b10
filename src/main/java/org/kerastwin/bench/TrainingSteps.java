package org.kerastwin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.kerastwin.data.Split;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.model.Dcgan;
import org.kerastwin.run.TrainingListener;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.Position;
import org.kerastwin.runtime.ProcessMemory;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.StepMetrics;

/**
 * Training steps with everything that goes with them: batches prefetched on another thread, losses
 * written to a history, and a listener. The images are random, which does not affect the time.
 */
final class TrainingSteps implements AutoCloseable {
  /** Enough that batches differ. */
  private static final int IMAGES = 1024;

  private final Path file;
  private final GanStep gan;
  private final BatchPrefetcher batches;
  private final History history;
  private final TrainingListener listener;
  private long steps;

  /**
   * Builds the graph of the step.
   *
   * @param seed seed of weights, batches and images
   */
  TrainingSteps(BenchSettings settings, long seed, TrainingListener listener) {
    KerasStreams streams = KerasStreams.ofSeed(seed);
    this.file = temporaryFile();
    this.gan = new GanStep(settings.gan(), settings.device(), streams::nextInitializerSeed);
    this.history = History.create(file);
    this.batches = new BatchPrefetcher(images(seed), streams, settings.gan());
    this.listener = listener;
    ProcessMemory.returnUnused();
    listener.epochStarted(1, 1, 1, Integer.MAX_VALUE);
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("kerastwin", ".csv");
      // The graph may not fit into memory, and then nothing is closed.
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw TemporaryFolder.unwritable(e);
    }
  }

  private static Split images(long seed) {
    byte[] pixels = new byte[IMAGES * Dcgan.IMAGE_SIZE * Dcgan.IMAGE_SIZE];
    new Random(seed).nextBytes(pixels);
    return new Split(NdArray.ofBytes(pixels, List.of(IMAGES, Dcgan.IMAGE_SIZE, Dcgan.IMAGE_SIZE)));
  }

  void run() {
    StepMetrics metrics = gan.step(batches.next());
    history.add(new Position(++steps, Integer.MAX_VALUE, 1), metrics);
    listener.stepDone(metrics.losses());
    if (steps == 1) {
      ProcessMemory.returnUnused();
    }
  }

  GanStep gan() {
    return gan;
  }

  BatchPrefetcher batches() {
    return batches;
  }

  @Override
  public void close() {
    batches.close();
    gan.close();
    history.close();
  }
}

package org.kerastwin.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.kerastwin.data.Split;
import org.kerastwin.keras.random.KerasStreams;

/**
 * Draws the inputs of each step on a thread of its own while the previous step runs. It keeps the
 * state of the random streams after each batch, so that a checkpoint ignores batches that were
 * drawn but not used.
 */
public final class BatchPrefetcher implements AutoCloseable {
  private final BatchSource source;
  private final KerasStreams drawn;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread drawing = new Thread(task, "batches");
            drawing.setDaemon(true);
            return drawing;
          });
  private KerasStreams streams;
  private Future<Prefetched> prefetched;

  private record Prefetched(Batch batch, KerasStreams after) {}

  /**
   * Starts to draw.
   *
   * @param streams the streams before the first step; they are copied
   */
  public BatchPrefetcher(Split images, KerasStreams streams, GanSettings settings) {
    this.streams = streams;
    this.drawn = streams.copy();
    this.source = new BatchSource(images, drawn.numpy(), settings);
    this.prefetched = thread.submit(this::draw);
  }

  private Prefetched draw() {
    return new Prefetched(source.next(), drawn.copy());
  }

  /** The next step's inputs. */
  public Batch next() {
    Prefetched taken = await(prefetched);
    prefetched = thread.submit(this::draw);
    streams = taken.after();
    return taken.batch();
  }

  /** The random streams after the last batch taken. */
  public KerasStreams streams() {
    return streams;
  }

  private static Prefetched await(Future<Prefetched> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException interruption) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw new IllegalStateException("the next batch can't be drawn", failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package org.kerastwin.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.kerastwin.data.Split;
import org.kerastwin.keras.random.KerasStreams;

/**
 * Draws each step's inputs on a thread of its own while the step before runs. With every batch
 * comes the state of the random streams after it, so that a checkpoint knows nothing of a batch
 * that was drawn and not used.
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
  private Future<Ahead> ahead;

  private record Ahead(Batch batch, KerasStreams after) {}

  /**
   * Begins to draw.
   *
   * @param streams at the point where the first step begins; left as they are
   */
  public BatchPrefetcher(Split images, KerasStreams streams, GanSettings settings) {
    this.streams = streams;
    this.drawn = streams.copy();
    this.source = new BatchSource(images, drawn.numpy(), settings);
    this.ahead = thread.submit(this::draw);
  }

  private Ahead draw() {
    return new Ahead(source.next(), drawn.copy());
  }

  /** The next step's inputs. */
  public Batch next() {
    Ahead taken = await(ahead);
    ahead = thread.submit(this::draw);
    streams = taken.after();
    return taken.batch();
  }

  /** The streams at the point where the step after the last batch taken begins. */
  public KerasStreams streams() {
    return streams;
  }

  private static Ahead await(Future<Ahead> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException wakened) {
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

package org.kerastwin.data;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Loads training images in a background thread, while the caller loads the native library. */
public final class DatasetLoading {
  private final FutureTask<Loaded> task;

  /**
   * Training images with the notebook's output about the data set.
   *
   * @param dataset without test images
   * @param report the notebook's lines
   */
  public record Loaded(Dataset dataset, List<String> report) {}

  /**
   * Starts loading.
   *
   * @param choice as in {@link DatasetSource#load}
   * @param shape the shape of the generator's images
   * @param warnings receives warnings, a line each
   */
  public DatasetLoading(String choice, ImageShape shape, Consumer<String> warnings) {
    this.task =
        new FutureTask<>(
            () -> {
              Dataset dataset =
                  new DatasetSource(DatasetEnvironment.ofProcess(), shape, warnings).load(choice);
              return new Loaded(dataset.withoutTest(), dataset.reportLines());
            });
    Thread thread = new Thread(task, "dataset");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the images, and throws errors of the loading. */
  public Loaded await() {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }
}

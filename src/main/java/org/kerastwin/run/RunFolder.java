package org.kerastwin.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.Leftovers;

/**
 * The folder of a run, with a lock against other programs.
 *
 * <pre>
 * config.json             all settings
 * history.csv             losses of every step
 * images/epoch-NNN.png    samples of fixed noise
 * models/epoch-NNN.keras  the generator, for Keras
 * checkpoint/state.npz    everything that a resumption needs
 * checkpoint/previous.npz the same at the end of an earlier epoch
 * checkpoint/quality.npz  a copy of quality.csv
 * saved_model/            the generator
 * report.html             the run as one page
 * images/training.gif     the samples, epoch after epoch
 * quality.csv             figures of quality, if they were measured
 * </pre>
 */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lock;

  private RunFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Whether a folder holds a run: it has settings, or steps in a checkpoint. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(config(folder))
        || checkpoints(folder).files().stream().anyMatch(RunFolder::hasSteps);
  }

  /** A run killed before its settings were written has a checkpoint without steps. */
  private static boolean hasSteps(Path checkpoint) {
    try {
      return TrainingCheckpoint.step(checkpoint) > 0;
    } catch (EnvironmentException damaged) {
      return true;
    }
  }

  /**
   * Checks that a new run may begin in a folder, without changing anything.
   *
   * @throws EnvironmentException if the folder has files other than the remains of a run killed at
   *     its start
   */
  public static void requireNew(Path path) {
    if (Files.exists(path) && !isEmpty(path)) {
      throw new EnvironmentException(
          Problem.with("output", path)
              .expected("a new or empty folder")
              .received(isRun(path) ? "the folder of another run" : "one with other files")
              .remedy(
                  isRun(path)
                      ? Remedy.RESUME_OR_CHOOSE_ANOTHER_FOLDER
                      : Remedy.CHOOSE_ANOTHER_FOLDER));
    }
  }

  /**
   * Makes and locks the folder of a new run.
   *
   * @throws EnvironmentException if the folder holds anything, or can't be made
   */
  public static RunFolder create(Path path) {
    requireNew(path);
    RunFolder folder = lock(path);
    try {
      // Another program may have run there meanwhile.
      requireNew(path);
      Files.deleteIfExists(folder.checkpoint());
      Files.deleteIfExists(folder.history());
      return folder;
    } catch (IOException fixed) {
      folder.close();
      throw IoFailure.of("output", path, "a folder that can be written", fixed);
    } catch (EnvironmentException taken) {
      folder.close();
      throw taken;
    }
  }

  /**
   * Locks the folder of a run to resume it.
   *
   * @throws EnvironmentException if it is not the folder of a run, or another program has locked it
   */
  public static RunFolder resume(Path path) {
    if (!isRun(path)) {
      throw new EnvironmentException(
          Problem.with("run", path)
              .expected("a folder with a config.json")
              .received(
                  Files.isDirectory(path)
                      ? "a folder without"
                      : Files.exists(path) ? "a file" : "no such folder")
              .remedy(Remedy.BEGIN_A_NEW_RUN));
    }
    return lock(path);
  }

  /** Whether the folder has no files except the remains of a run killed at its start. */
  private static boolean isEmpty(Path folder) {
    Set<Path> unstarted = Set.of(folder.resolve(LOCK), checkpoint(folder), history(folder));
    try (Stream<Path> below = Files.walk(folder)) {
      return Files.isDirectory(folder)
          && !isRun(folder)
          && below.allMatch(
              path ->
                  Files.isDirectory(path)
                      || unstarted.contains(path)
                      || Leftovers.isTemporary(folder.relativize(path)));
    } catch (IOException | UncheckedIOException unreadable) {
      return false;
    }
  }

  private static RunFolder lock(Path path) {
    FileChannel channel = null;
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        Leftovers.remove(path);
        return new RunFolder(path, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException ownedInThisProcess) {
      closeQuietly(channel);
    } catch (IOException unwritable) {
      closeQuietly(channel);
      throw IoFailure.of("output", path, "a folder that can be written", unwritable);
    }
    throw new EnvironmentException(
        Problem.with("run", path)
            .expected("a run that no program is working on")
            .received("one that is locked")
            .advice("Wait for that program, or end it."));
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException secondary) {
      // The first error that led here is the one to report.
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The settings of the run in a folder. */
  static Path config(Path run) {
    return run.resolve("config.json");
  }

  /** The losses of every step. */
  public Path history() {
    return history(path);
  }

  /** The losses of every step of the run in a folder. */
  public static Path history(Path run) {
    return run.resolve("history.csv");
  }

  /** The samples of an epoch, from 1. */
  public Path images(int epoch) {
    return path.resolve("images").resolve(String.format(Locale.ROOT, "epoch-%03d.png", epoch));
  }

  /** The generator of an epoch, from 1. */
  public Path model(int epoch) {
    return model(path, epoch);
  }

  /** The generator of an epoch without the average of its weights. */
  Path trainedModel(int epoch) {
    return path.resolve("models").resolve("epoch-%03d-raw.keras".formatted(epoch));
  }

  /** The generator of an epoch, from 1, of the run in a folder. */
  public static Path model(Path run, int epoch) {
    return run.resolve("models").resolve("epoch-%03d.keras".formatted(epoch));
  }

  /** The page that shows the run. */
  Path report() {
    return path.resolve("report.html");
  }

  /** The samples, epoch after epoch. */
  Path animation() {
    return path.resolve("images").resolve("training.gif");
  }

  /** The figures of quality, if they were measured. */
  Path quality() {
    return quality(path);
  }

  /** The figures of quality of the run in a folder. */
  static Path quality(Path run) {
    return run.resolve("quality.csv");
  }

  /** The last two states of the run. */
  CheckpointFolder checkpoints() {
    return checkpoints(path);
  }

  /** The last two states of the run in a folder. */
  static CheckpointFolder checkpoints(Path run) {
    return new CheckpointFolder(run.resolve("checkpoint"));
  }

  /** The settings of the run; see {@link StoredRun#config}. */
  public RunConfig config(Consumer<Problem> warnings) {
    return StoredRun.config(path, warnings);
  }

  /** The newest state of the run. */
  public Path checkpoint() {
    return checkpoint(path);
  }

  /** The newest state of the run in a folder. */
  public static Path checkpoint(Path run) {
    return checkpoints(run).newest();
  }

  /** The generator for other programs. */
  public Path savedModel() {
    return savedModel(path);
  }

  /** The generator for other programs, of the run in a folder. */
  public static Path savedModel(Path run) {
    return run.resolve("saved_model");
  }

  /**
   * Releases the lock. Its file stays: a program that already opened a deleted file would lock it
   * in vain.
   */
  @Override
  public void close() {
    closeQuietly(lock);
  }
}

package org.kerastwin.run.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.Leftovers;

/** The folder of a run, see {@link RunFiles}, with a lock against other programs. */
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
    return Files.isRegularFile(new RunFiles(folder).config())
        || new RunFiles(folder).checkpoints().files().stream().anyMatch(RunFolder::hasSteps);
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
    return folder.prepared(
        () -> {
          // Another program may have started a run there in the meantime.
          requireNew(path);
          Files.deleteIfExists(folder.files().checkpoint());
          Files.deleteIfExists(folder.files().history());
        });
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
              .expected("a folder with config.json")
              .received(
                  Files.isDirectory(path)
                      ? "a folder without it"
                      : Files.exists(path) ? "a file" : "no such folder")
              .remedy(Remedy.BEGIN_A_NEW_RUN));
    }
    return lock(path);
  }

  /** Whether the folder has no files except the remains of a run killed at its start. */
  private static boolean isEmpty(Path folder) {
    RunFiles files = new RunFiles(folder);
    Set<Path> unstarted = Set.of(folder.resolve(LOCK), files.checkpoint(), files.history());
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
    RunFolder folder = open(path);
    return folder.prepared(
        () -> {
          if (!folder.tryLock()) {
            throw new EnvironmentException(
                Problem.with("run", path)
                    .expected("a run that is not in use")
                    .received("one that another program has locked")
                    .advice("Wait until that program ends, or stop it."));
          }
          Leftovers.remove(path);
        });
  }

  private static RunFolder open(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      return new RunFolder(
          path,
          FileChannel.open(
              path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException unwritable) {
      throw unwritable(path, unwritable);
    }
  }

  private static EnvironmentException unwritable(Path path, IOException cause) {
    return IoFailure.of("output", path, "a folder that can be written", cause);
  }

  private boolean tryLock() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ownedInThisProcess) {
      return false;
    }
  }

  private interface Preparation {
    void run() throws IOException;
  }

  /** Prepares the folder, and releases the lock if that fails. */
  private RunFolder prepared(Preparation preparation) {
    try {
      preparation.run();
      return this;
    } catch (IOException failure) {
      close();
      throw unwritable(path, failure);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The files of the run. */
  public RunFiles files() {
    return new RunFiles(path);
  }

  /** The settings of the run; see {@link StoredRun#config}. */
  public RunConfig config(Consumer<Problem> warnings) {
    return StoredRun.config(path, warnings);
  }

  /**
   * Releases the lock. The lock file stays, because a program that had opened it before could lock
   * the deleted file.
   */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException ignored) {
      // The operating system releases the lock when the process ends.
    }
  }
}

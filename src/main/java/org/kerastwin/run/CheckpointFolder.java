package org.kerastwin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.weights.WeightTypes;

/**
 * The last two checkpoints of a run: the newest, and the previous one in case the newest gets
 * damaged. A checkpoint within an epoch is never kept as the previous one, so that the files at an
 * epoch's end do not depend on the speed of the run.
 *
 * @param folder the run's {@code checkpoint/}
 */
record CheckpointFolder(Path folder) {
  Path newest() {
    return folder.resolve("state.npz");
  }

  Path previous() {
    return folder.resolve("previous.npz");
  }

  private Path damaged() {
    return folder.resolve("damaged-state.npz");
  }

  /**
   * Adds a checkpoint.
   *
   * @param keepNewest whether the newest so far becomes the previous one
   */
  void write(TrainingCheckpoint checkpoint, RunConfig config, boolean keepNewest) {
    if (keepNewest && Files.isRegularFile(newest())) {
      AtomicFile.keepAs(newest(), previous());
    }
    checkpoint.write(newest(), config);
  }

  /**
   * Reads the newest checkpoint, or the previous one if the newest is damaged. A damaged one is
   * renamed.
   *
   * @param warnings are told of the damaged one
   * @throws EnvironmentException if there is none that can be read
   */
  TrainingCheckpoint read(WeightTypes types, Consumer<Problem> warnings) {
    try {
      TrainingCheckpoint checkpoint = TrainingCheckpoint.read(newest(), types);
      dropDamagedPrevious(types, warnings);
      return checkpoint;
    } catch (EnvironmentException damage) {
      if (!Files.exists(previous())) {
        throw damage;
      }
      TrainingCheckpoint before;
      try {
        before = TrainingCheckpoint.read(previous(), types);
      } catch (EnvironmentException alsoDamaged) {
        throw damage;
      }
      setAside();
      warnings.accept(
          damage
              .problem()
              .advice(
                  "The run resumes from the checkpoint before it, after step %d."
                      .formatted(before.step())));
      return before;
    }
  }

  private void dropDamagedPrevious(WeightTypes types, Consumer<Problem> warnings) {
    if (!Files.exists(previous(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      TrainingCheckpoint.read(previous(), types);
    } catch (EnvironmentException damage) {
      warnings.accept(damage.problem().advice("It is not needed and is deleted."));
      try {
        Files.delete(previous());
      } catch (IOException fixed) {
        throw IoFailure.of("checkpoint", previous(), "a file that can be deleted", fixed);
      }
    }
  }

  private void setAside() {
    if (Files.exists(newest(), LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.move(newest(), damaged(), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException fixed) {
        throw IoFailure.of("checkpoint", newest(), "a file that can be renamed", fixed);
      }
    }
  }

  /** The settings in the newest readable checkpoint, if there are any. */
  Optional<RunConfig> config() {
    for (Path file : files()) {
      try {
        return Optional.of(TrainingCheckpoint.config(file));
      } catch (EnvironmentException damaged) {
        // The previous one may still have them.
      }
    }
    return Optional.empty();
  }

  /** The existing checkpoints, newest first. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(newest(), previous()));
    files.removeIf(file -> !Files.exists(file));
    return files;
  }
}

package org.kerastwin.run.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.weights.WeightTypes;

/**
 * The last two checkpoints of a run: the newest, and the previous one in case the newest gets
 * damaged. A checkpoint within an epoch is never kept as the previous one, so that the files at an
 * epoch's end do not depend on the speed of the run.
 *
 * @param folder the run's {@code checkpoint/}
 */
public record CheckpointFolder(Path folder) {
  /** The file of the newest checkpoint. */
  Path newest() {
    return folder.resolve("state.npz");
  }

  /** The file of the previous checkpoint. */
  public Path previous() {
    return folder.resolve("previous.npz");
  }

  /**
   * Adds a checkpoint.
   *
   * @param keepNewest whether the newest so far becomes the previous one
   */
  public void write(TrainingCheckpoint checkpoint, RunConfig config, boolean keepNewest) {
    if (keepNewest && Files.isRegularFile(newest())) {
      AtomicFile.keepAs(newest(), previous());
    }
    checkpoint.write(newest(), config);
  }

  /**
   * A checkpoint that can be read.
   *
   * @param damage why the newest one can't be read, if this is the previous one
   */
  record Found(Path file, TrainingCheckpoint checkpoint, Optional<Problem> damage) {}

  /**
   * Reads the newest checkpoint, or the previous one if the newest is damaged. Changes no file.
   *
   * @throws EnvironmentException naming the newest if neither can be read
   */
  Found find(Function<Path, TrainingCheckpoint> reader) {
    try {
      return new Found(newest(), reader.apply(newest()), Optional.empty());
    } catch (EnvironmentException damage) {
      try {
        return new Found(previous(), reader.apply(previous()), Optional.of(damage.problem()));
      } catch (EnvironmentException alsoDamaged) {
        throw damage;
      }
    }
  }

  /**
   * Reads the checkpoint to resume from. A damaged newest one is renamed.
   *
   * @param warnings receives a warning about a damaged one
   * @throws EnvironmentException if there is none that can be read
   */
  public TrainingCheckpoint repair(WeightTypes types, Consumer<Problem> warnings) {
    Found found = find(file -> TrainingCheckpoint.read(file, types));
    if (found.damage().isEmpty()) {
      setDamagedPreviousAside(types, warnings);
    } else {
      if (Files.exists(newest(), LinkOption.NOFOLLOW_LINKS)) {
        DamagedFiles.setAside(newest());
      }
      warnings.accept(
          found
              .damage()
              .get()
              .advice(
                  "The run resumes from the previous checkpoint, after step %d."
                      .formatted(found.checkpoint().step())));
    }
    return found.checkpoint();
  }

  private void setDamagedPreviousAside(WeightTypes types, Consumer<Problem> warnings) {
    if (!Files.exists(previous(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      TrainingCheckpoint.read(previous(), types);
    } catch (EnvironmentException damage) {
      warnings.accept(damage.problem().advice("The run does not need it and renames it."));
      DamagedFiles.setAside(previous());
    }
  }

  /** Records that the run diverged at a step, so that a resumed run can warn. */
  public void markDivergence(long step) {
    AtomicFile.write(divergence(), step + "\n");
  }

  /** The step at which the run diverged after the checkpoint of a step, if it did. */
  public OptionalLong divergenceAfter(long step) {
    try {
      long diverged = Long.parseLong(Files.readString(divergence()).strip());
      return diverged > step ? OptionalLong.of(diverged) : OptionalLong.empty();
    } catch (IOException | NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  private Path divergence() {
    return folder.resolve("diverged-at.txt");
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

package org.kerastwin.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * A run on disk. Reading changes nothing in the folder, whether or not a program is training there.
 *
 * @param folder the run's folder
 * @param config its settings
 * @param file the file of the checkpoint
 * @param checkpoint the newest one that can be read
 */
public record StoredRun(Path folder, RunConfig config, Path file, TrainingCheckpoint checkpoint) {
  /**
   * Reads a run. A damaged newest checkpoint is replaced by the one before it, and damaged settings
   * by those in a checkpoint.
   *
   * @param warnings are told of the damage
   * @throws EnvironmentException if no checkpoint can be read, or none with settings
   */
  public static StoredRun read(Path folder, Consumer<Problem> warnings) {
    CheckpointFolder.Found found = RunFolder.checkpoints(folder).find(TrainingCheckpoint::read);
    found
        .damage()
        .ifPresent(
            damage ->
                warnings.accept(
                    damage.advice(
                        "The checkpoint before it, after step %d, is used."
                            .formatted(found.checkpoint().step()))));
    return new StoredRun(folder, config(folder, warnings), found.file(), found.checkpoint());
  }

  /**
   * The settings of a run, from a checkpoint if {@code config.json} is damaged or missing.
   *
   * @param warnings are told of the damage
   * @throws EnvironmentException if no checkpoint has them either, or if a checkpoint has another
   *     seed or other GAN settings
   */
  public static RunConfig config(Path folder, Consumer<Problem> warnings) {
    Optional<RunConfig> saved = RunFolder.checkpoints(folder).config();
    RunConfig config;
    try {
      config = RunConfigFile.read(folder);
    } catch (EnvironmentException damage) {
      RunConfig instead = saved.orElseThrow(() -> damage);
      warnings.accept(damage.problem().advice("The settings come from the checkpoint."));
      return instead;
    }
    saved.ifPresent(earlier -> requireSame(folder, config, earlier));
    return config;
  }

  private static void requireSame(Path folder, RunConfig config, RunConfig earlier) {
    if (!config.gan().equals(earlier.gan()) || config.seed() != earlier.seed()) {
      throw new EnvironmentException(
          Problem.with("config", RunFolder.config(folder))
              .expected("seed %d and %s".formatted(earlier.seed(), earlier.gan()))
              .received("seed %d and %s".formatted(config.seed(), config.gan()))
              .advice("Without this file, the settings in the checkpoint are used."));
    }
  }
}

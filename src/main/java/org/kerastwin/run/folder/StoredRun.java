package org.kerastwin.run.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
   * Reads a run. If the newest checkpoint is damaged, the previous one is read. If the settings are
   * damaged, those in a checkpoint are used.
   *
   * @param warnings receives a warning for each damaged file
   * @throws EnvironmentException if no checkpoint can be read, or none with settings
   */
  public static StoredRun read(Path folder, Consumer<Problem> warnings) {
    CheckpointFolder.Found found =
        new RunFiles(folder).checkpoints().find(TrainingCheckpoint::read);
    found
        .damage()
        .ifPresent(
            damage ->
                warnings.accept(
                    damage.advice(
                        "The previous checkpoint, after step %d, is used."
                            .formatted(found.checkpoint().step()))));
    return new StoredRun(folder, config(folder, warnings), found.file(), found.checkpoint());
  }

  /**
   * The settings of a run, from a checkpoint if {@code config.json} is damaged or missing.
   *
   * @param warnings receives damage, and changed settings that do not affect the weights
   * @throws EnvironmentException if no checkpoint has them either, or if a setting that affects the
   *     weights differs from the checkpoint
   */
  public static RunConfig config(Path folder, Consumer<Problem> warnings) {
    Optional<RunConfig> saved = new RunFiles(folder).checkpoints().config();
    RunConfig config;
    try {
      config = RunConfigFile.read(folder);
    } catch (EnvironmentException damage) {
      RunConfig instead = saved.orElseThrow(() -> damage);
      warnings.accept(damage.problem().advice("The settings come from the checkpoint."));
      return instead;
    }
    saved.ifPresent(written -> requireSame(folder, written, config, warnings));
    return config;
  }

  private static void requireSame(
      Path folder, RunConfig written, RunConfig found, Consumer<Problem> warnings) {
    List<ChangedSetting> changes = ChangedSetting.between(written, found);
    List<ChangedSetting> others = changes.stream().filter(each -> !each.isHarmless()).toList();
    if (!others.isEmpty()) {
      throw new EnvironmentException(
          problem(folder, others)
              .advice("Delete this file to use the settings in the checkpoint."));
    }
    if (!changes.isEmpty()) {
      warnings.accept(
          problem(folder, changes).advice("The run continues with the settings in this file."));
    }
  }

  private static Problem problem(Path folder, List<ChangedSetting> changes) {
    return Problem.with("config", new RunFiles(folder).config())
        .expected(
            changes.stream()
                .map(each -> each.place() + " " + each.written())
                .collect(Collectors.joining(", ", "", " as in the checkpoint")))
        .received(changes.stream().map(ChangedSetting::found).collect(Collectors.joining(", ")));
  }

  /**
   * What was changed in {@code quality.csv} since the run wrote it, if anything.
   *
   * @throws EnvironmentException if it or its copy can't be read
   */
  public Optional<Problem> changedQuality() {
    return QualityCopy.of(folder).difference();
  }
}

package org.kerastwin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.kerastwin.graph.Device;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.RunFolder;
import org.kerastwin.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a variant, or goes on with a run. */
@Command(
    name = "train",
    description = "Trains a variant of the notebook's GAN, or resumes a run.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOption device;
  @Mixin private TrainSettings settings;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The run folder (default: runs/VARIANT).")
  private Path output;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      converter = Ranges.Steps.class,
      description = "Stop after N steps in all (default: no limit).")
  private Long maxSteps;

  @Option(
      names = "--resume",
      description =
          "Go on with the run in --output; all settings come from it but --epochs, --max-steps and"
              + " --device.")
  private boolean resume;

  @Override
  public Integer call() {
    settings.requireTrainable();
    Path path = output == null ? Path.of("runs", settings.variant().label()) : output;
    try (RunFolder folder = resume ? RunFolder.resume(path) : RunFolder.create(path)) {
      RunConfig earlier = resume ? RunFolder.readConfig(path) : null;
      DatasetLoading loading =
          new DatasetLoading(
              resume ? earlier.dataset().request() : settings.dataset(), err()::println);
      Device where = device.select(resume ? earlier.form() : settings.form());
      DatasetLoading.Loaded images = loading.await();
      RunConfig config =
          resume ? settings.resumed(earlier, images.dataset()) : settings.begun(images.dataset());
      return train(folder, config, images, where);
    }
  }

  private int train(
      RunFolder folder, RunConfig config, DatasetLoading.Loaded images, Device where) {
    PrintWriter out = spec.commandLine().getOut();
    images.report().forEach(out::println);
    err()
        .printf(
            "Training %s on %s (%s), seed %d, %s, to '%s'.%n",
            config.variant(),
            images.dataset().name(),
            where,
            config.seed(),
            config.form(),
            folder.path());
    try (Interruption interruption = new Interruption()) {
      OptionalLong limit = maxSteps == null ? OptionalLong.empty() : OptionalLong.of(maxSteps);
      Trainer.Limits limits = new Trainer.Limits(limit, interruption::isRequested);
      Trainer.Outcome outcome;
      try (ConsoleProgress progress = ConsoleProgress.on(err(), config)) {
        Trainer trainer =
            new Trainer(
                config,
                folder,
                images.dataset().train(),
                where,
                new RunArtifacts(config),
                progress);
        outcome = resume ? trainer.resume(limits) : trainer.begin(limits);
      }
      out.println(report(outcome, folder));
      return outcome == Trainer.Outcome.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
  }

  private static String report(Trainer.Outcome outcome, RunFolder folder) {
    return switch (outcome) {
      case COMPLETED -> "Done: '%s'.".formatted(folder.path());
      case STOPPED -> "Stopped by --max-steps: '%s'; --resume goes on.".formatted(folder.path());
      case INTERRUPTED -> "Interrupted and saved: '%s'; --resume goes on.".formatted(folder.path());
    };
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}

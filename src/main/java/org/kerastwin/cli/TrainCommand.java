package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.Range;
import org.kerastwin.cli.options.TensorBoardOption;
import org.kerastwin.cli.options.TrainSettings;
import org.kerastwin.cli.progress.ConsoleProgress;
import org.kerastwin.cli.progress.ProgressBars;
import org.kerastwin.cli.progress.ProgressLines;
import org.kerastwin.cli.progress.Throughput;
import org.kerastwin.data.DatasetLoading;
import org.kerastwin.data.Split;
import org.kerastwin.image.PixelRange;
import org.kerastwin.models.StartingPoint;
import org.kerastwin.run.EpochOutput;
import org.kerastwin.run.QualityOutput;
import org.kerastwin.run.RunReport;
import org.kerastwin.run.TensorBoardEvents;
import org.kerastwin.run.Trainer;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.SettingValues;
import org.kerastwin.run.folder.Versions;
import org.kerastwin.runtime.StandardError;
import org.kerastwin.runtime.cuda.DeviceSelection;
import org.kerastwin.tensorboard.EventFolder;
import org.kerastwin.weights.WeightMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Trains a variant, or resumes a run. */
@Command(
    name = "train",
    description = "Trains the notebook's GAN or your own networks, or resumes a run.",
    footer = {
      "  java -jar trainer.jar train --epochs 10",
      "  java -jar trainer.jar train --resume",
      "  java -jar trainer.jar train --variant transposed --output runs/mine",
      "  java -jar trainer.jar train --exact --seed 42 --max-steps 100"
    })
final class TrainCommand extends Subcommand implements Callable<Integer> {
  @ParentCommand private Program program;
  @Mixin private TrainSettings settings;

  @Option(names = "--output", order = 20, paramLabel = "DIR", descriptionKey = "train.output")
  private Path output;

  @Option(names = "--resume", order = 21)
  private boolean resume;

  @Range(from = 1, to = 1e12)
  @Option(names = "--max-steps", order = 22, paramLabel = "N")
  private Long maxSteps;

  @Mixin private TensorBoardOption tensorBoard;
  @Mixin private DeviceOption device;

  @Override
  public Integer call() {
    settings.requireTrainable();
    Path path = output == null ? Path.of("runs", settings.name()) : output;
    return resume ? resume(path) : begin(path);
  }

  private int begin(Path path) {
    // Creates the folder last, so that a run that can't begin leaves nothing.
    RunFolder.requireNew(path);
    tensorBoard.events(path).ifPresent(EventFolder::requireNew);
    StartingPoint start = settings.start();
    settings.saving().requireEvaluable(start);
    DatasetLoading loading =
        new DatasetLoading(settings.dataset(), start.imageShape(), err()::println);
    DeviceSelection selected = device.select(settings.form());
    DatasetLoading.Loaded images = loading.await();
    RunConfig asked =
        settings.config(DatasetOrigin.of(settings.dataset(), images.dataset()), Versions.ofRun());
    start.report().forEach(err()::println);
    RunConfig config = start.config(asked);
    WeightMap state = start.state();
    try (RunFolder folder = RunFolder.create(path)) {
      return train(
          folder, config, images, selected, (trainer, limits) -> trainer.begin(limits, state));
    }
  }

  private int resume(Path path) {
    try (RunFolder folder = RunFolder.resume(path)) {
      RunConfig earlier = folder.config(warning -> err().println(FailureMessage.text(warning)));
      RunConfig asked = settings.config(earlier.dataset(), earlier.versions());
      ResumedSettings.require(
          spec.commandLine().getParseResult(), asked, settings.dataset(), earlier);
      DatasetLoading loading =
          new DatasetLoading(
              earlier.dataset().requestToResume(), earlier.imageShape(), err()::println);
      DeviceSelection selected = device.select(earlier.gan().form());
      DatasetLoading.Loaded images = loading.await();
      earlier.dataset().requireSame(images.dataset());
      return train(folder, settings.resumed(earlier), images, selected, Trainer::resume);
    }
  }

  private int train(
      RunFolder folder,
      RunConfig config,
      DatasetLoading.Loaded images,
      DeviceSelection selected,
      BiFunction<Trainer, Trainer.Limits, Trainer.Outcome> work) {
    err().println(TrainMessages.DATA);
    images.report().forEach(out()::println);
    note(selected, config.gan().precision());
    TrainMessages messages = new TrainMessages(config, folder.path());
    messages.start(images.dataset(), selected.device()).forEach(err()::println);
    if (program.isVerbose()) {
      SettingValues.of(config).forEach((name, value) -> err().println(name + " " + value));
    }
    ConsoleProgress progress = progress(config);
    Interruption interruption = program.interruption(progress::interrupted);
    Trainer.Limits limits = new Trainer.Limits(limit(), interruption::isRequested);
    Trainer.Outcome outcome;
    try (progress) {
      Trainer trainer =
          new Trainer(
              config,
              folder,
              images.dataset().train(),
              selected.device(),
              outputs(config, folder, images.dataset().train()),
              progress,
              warning -> progress.line(FailureMessage.text(warning)));
      outcome = work.apply(trainer, limits);
    }
    messages.end(outcome).forEach(out()::println);
    return outcome == Trainer.Outcome.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.DONE;
  }

  private List<EpochOutput> outputs(RunConfig config, RunFolder folder, Split images) {
    List<EpochOutput> outputs = new ArrayList<>();
    outputs.add(new QualityOutput(config, folder, images));
    outputs.add(new RunReport(config, folder, NextCommands.of(folder.path())));
    PixelRange range = config.networks().generator().pixelRange();
    tensorBoard
        .events(folder.path())
        .map(events -> new TensorBoardEvents(events, range))
        .ifPresent(outputs::add);
    return outputs;
  }

  private ConsoleProgress progress(RunConfig config) {
    Throughput pace = new Throughput(config.gan().batchSize(), System::nanoTime);
    if (program.isVerbose()) {
      return ProgressLines.ofEveryStep(err(), pace, limit());
    }
    return program.isOnTerminal() && !program.isQuiet()
        ? new ProgressBars(err(), pace, limit(), StandardError::columns)
        : new ProgressLines(err(), pace, limit());
  }

  private OptionalLong limit() {
    return maxSteps == null ? OptionalLong.empty() : OptionalLong.of(maxSteps);
  }
}

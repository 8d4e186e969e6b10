package org.kerastwin.cli;

import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.kerastwin.training.Losses;
import org.kerastwin.training.RunConfig;

/** Progress as two bars: the epochs with their mean losses, and the steps of the one under way. */
final class ProgressBars implements ConsoleProgress {
  private final RunConfig config;
  private ProgressBar epochs;
  private ProgressBar steps;

  ProgressBars(RunConfig config) {
    this.config = config;
  }

  @Override
  public void epochStarted(int epoch, int ofEpochs, int firstStep, int stepsPerEpoch) {
    if (epochs == null) {
      epochs =
          builder("Epochs").setInitialMax(ofEpochs).startsFrom(epoch - 1, Duration.ZERO).build();
    }
    int batch = config.batchSize();
    steps =
        builder("Epoch " + epoch)
            .setInitialMax((long) stepsPerEpoch * batch)
            .setUnit(" images", 1)
            .showSpeed()
            .startsFrom((long) (firstStep - 1) * batch, Duration.ZERO)
            .build();
  }

  private static ProgressBarBuilder builder(String name) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500);
  }

  @Override
  public void stepDone(Losses losses) {
    steps.setExtraMessage(ConsoleProgress.words(losses));
    steps.stepBy(config.batchSize());
  }

  @Override
  public void epochEnded(int epoch, Losses mean, Path images) {
    if (steps != null) {
      steps.setExtraMessage(ConsoleProgress.words(mean));
      steps.close();
      epochs.stepTo(epoch);
    }
  }

  @Override
  public void close() {
    if (epochs != null) {
      steps.close();
      epochs.close();
    }
  }
}

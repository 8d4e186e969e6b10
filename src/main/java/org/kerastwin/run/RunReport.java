package org.kerastwin.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.kerastwin.Problem;
import org.kerastwin.image.GifAnimation;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.report.RunPage;
import org.kerastwin.report.StepValues;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.QualityFile;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.SettingValues;
import org.kerastwin.run.folder.StepSeries;

/**
 * Writes {@code report.html} after each epoch, and {@code images/training.gif} when the run ends.
 */
public final class RunReport implements EpochOutput {
  private final RunConfig config;
  private final RunFolder folder;
  private final List<RunPage.NextCommand> commands;

  /**
   * Prepares the report of a run.
   *
   * @param commands the commands that the page suggests
   */
  public RunReport(RunConfig config, RunFolder folder, List<RunPage.NextCommand> commands) {
    this.config = config;
    this.folder = folder;
    this.commands = List.copyOf(commands);
  }

  @Override
  public void write(EpochEnd end) {
    String state =
        end.at().isLast()
            ? "Completed."
            : end.runEnds() ? "Stopped before its end." : "In training.";
    List<RunPage.Frame> frames = frames(end.at());
    List<String> alarms = end.alarms().stream().map(alarm -> alarm.problem().toString()).toList();
    writePage(state, end.at(), end.series(), frames, alarms);
    if (end.runEnds()) {
      List<BufferedImage> images = frames.stream().map(RunPage.Frame::image).toList();
      AtomicFile.write(folder.files().animation(), GifAnimation.encode(images));
    }
  }

  @Override
  public void diverged(Position at, StepSeries series, Problem problem) {
    writePage(
        "Diverged at step %d.".formatted(at.step()),
        at,
        series,
        frames(at),
        List.of(problem.toString()));
  }

  private void writePage(
      String state,
      Position at,
      StepSeries series,
      List<RunPage.Frame> frames,
      List<String> alarms) {
    StepValues values =
        new StepValues(
            at.stepsPerEpoch(),
            series.column(StepSeries.Column.D_LOSS_REAL),
            series.column(StepSeries.Column.D_LOSS_FAKE),
            series.column(StepSeries.Column.G_LOSS),
            series.column(StepSeries.Column.D_OUTPUT_REAL),
            series.column(StepSeries.Column.D_OUTPUT_FAKE));
    RunPage page =
        new RunPage(
            "%s on %s".formatted(config.networkNames(), config.dataset().name()),
            state,
            at.epochs(),
            values,
            frames,
            RunFiles.GRID,
            QualityFile.read(folder.files().quality()),
            alarms,
            SettingValues.of(config),
            commands);
    AtomicFile.write(folder.files().report(), page.html());
  }

  private List<RunPage.Frame> frames(Position at) {
    List<Integer> epochs =
        IntStream.rangeClosed(1, at.epoch())
            .boxed()
            .filter(epoch -> Files.isRegularFile(folder.files().images(epoch)))
            .toList();
    return RunPage.chosen(epochs).stream().map(this::frame).toList();
  }

  private RunPage.Frame frame(int epoch) {
    Path file = folder.files().images(epoch);
    try {
      return new RunPage.Frame(epoch, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw IoFailure.of("images", file, "a file that can be read", unreadable);
    }
  }
}

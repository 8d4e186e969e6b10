package org.kerastwin.run;

import org.kerastwin.image.PixelRange;
import org.kerastwin.model.Dcgan;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.tensorboard.EventFolder;
import org.kerastwin.tensorboard.EventWriter;
import org.kerastwin.weights.WeightMap;

/**
 * Shows a run in TensorBoard. Each epoch adds the losses and discriminator outputs of its steps,
 * the grid of samples, and histograms of the weights. The first write also adds the losses and
 * outputs of all earlier steps.
 */
public final class TensorBoardEvents implements EpochOutput {
  private final EventFolder folder;
  private final PixelRange range;

  /**
   * Prepares the events in a folder.
   *
   * @param range of the generator's pixels
   */
  public TensorBoardEvents(EventFolder folder, PixelRange range) {
    this.folder = folder;
    this.range = range;
  }

  @Override
  public void write(EpochEnd end) {
    long last = end.at().step();
    folder.write(
        last,
        (events, before) -> {
          scalars(end.series(), before, last, events);
          events.image(last, "samples", RunFiles.GRID.png(range.toSymmetric(end.samples())));
          histograms(end, events);
        });
  }

  private static void scalars(StepSeries series, long before, long last, EventWriter events) {
    for (StepSeries.Column column : StepSeries.Column.values()) {
      float[] values = series.column(column);
      for (long step = before + 1; step <= last; step++) {
        float value = values[Math.toIntExact(step - 1)];
        // A NaN means that an output was not recorded; losses that diverge end the run.
        if (!Float.isNaN(value)) {
          events.scalar(step, tag(column), value);
        }
      }
    }
  }

  /** Losses have the same names as in {@code history.csv}. */
  private static String tag(StepSeries.Column column) {
    return switch (column) {
      case D_LOSS_REAL -> "loss/d_loss_real";
      case D_LOSS_FAKE -> "loss/d_loss_fake";
      case G_LOSS -> "loss/g_loss";
      case D_OUTPUT_REAL -> "discriminator_output/real";
      case D_OUTPUT_FAKE -> "discriminator_output/fake";
    };
  }

  private static void histograms(EpochEnd end, EventWriter events) {
    WeightMap state = end.gan().state().withoutSeeds();
    state
        .ofModel(Dcgan.GENERATOR)
        .and(state.ofModel(Dcgan.DISCRIMINATOR))
        .tensors()
        .forEach((path, values) -> events.histogram(end.at().step(), path, values.floats()));
  }
}

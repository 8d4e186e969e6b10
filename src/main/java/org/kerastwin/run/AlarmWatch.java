package org.kerastwin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.folder.Alarm;
import org.kerastwin.run.folder.Alarm.Kind;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.training.Losses;

/** Watches training for signs of failure, and reports each kind once. */
final class AlarmWatch {
  /** Relative to the initial losses, which are near 0.7; losses of a healthy run stay below 3. */
  private static final double EXPLOSION_FACTOR = 100;

  /** A single high loss may be chance. */
  private static final int EXPLOSION_STEPS = 5;

  private static final int WINNING_STEPS = 200;

  /**
   * Mean output on fakes below which the discriminator recognizes all of them. In the first 300
   * steps of a healthy run it may be this low too, because the generator's moving statistics have
   * not settled, but then the generator's loss is below 3.
   */
  private static final double MAX_OUTPUT_ON_FAKE = 0.005;

  /** The generator's loss when the discriminator's output on its fakes is 0.0025. */
  private static final double MIN_GENERATOR_LOSS = 6;

  /** Before this step, the samples may be alike because the generator is hardly trained. */
  private static final int FIRST_STEPS = 100;

  /**
   * Smallest spread of pixels, in [-1, 1], over the samples. Digits have 0.5; after 60 steps it is
   * 0.1.
   */
  private static final double MIN_SPREAD = 0.02;

  private final List<Alarm> alarms;
  private final Consumer<Alarm> listener;
  private double first = Double.NaN;
  private int highSteps;
  private int wonSteps;

  /**
   * Continues to watch.
   *
   * @param earlier alarms that were reported before
   * @param series the steps before
   */
  AlarmWatch(List<Alarm> earlier, StepSeries series, Consumer<Alarm> listener) {
    this.alarms = new ArrayList<>(earlier);
    this.listener = listener;
    for (int step = 1; step <= series.steps(); step++) {
      count(series.losses(step), series.outputOnFake(step));
    }
  }

  /** All alarms so far. */
  List<Alarm> alarms() {
    return List.copyOf(alarms);
  }

  /** Checks a step that was just done. */
  void afterStep(long step, Losses losses, float outputOnFake) {
    count(losses, outputOnFake);
    raiseIf(highSteps >= EXPLOSION_STEPS, Kind.LOSSES_EXPLODED, step);
    raiseIf(wonSteps >= WINNING_STEPS, Kind.DISCRIMINATOR_WINS, step);
  }

  private void count(Losses losses, float outputOnFake) {
    double greatest =
        Math.max(
            losses.generator(), Math.max(losses.discriminatorReal(), losses.discriminatorFake()));
    // Only this loss is computed before any update.
    first = Double.isNaN(first) ? Math.max(1, losses.discriminatorReal()) : first;
    highSteps = greatest > EXPLOSION_FACTOR * first ? highSteps + 1 : 0;
    boolean won = outputOnFake < MAX_OUTPUT_ON_FAKE && losses.generator() > MIN_GENERATOR_LOSS;
    wonSteps = won ? wonSteps + 1 : 0;
  }

  /** Checks the samples at the end of an epoch, {@code [count, height, width, channels]}. */
  void afterSamples(long step, NdArray samples) {
    raiseIf(step >= FIRST_STEPS && spread(samples) < MIN_SPREAD, Kind.GENERATOR_COLLAPSED, step);
  }

  /** The root mean square, over all pixels, of the standard deviation over the samples. */
  private static double spread(NdArray samples) {
    int count = samples.shape().get(0);
    int pixels = samples.size() / count;
    float[] values = samples.floats();
    double sum = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < count; i++) {
        double value = values[i * pixels + pixel];
        mean += value / count;
        square += value * value / count;
      }
      sum += Math.max(0, square - mean * mean) / pixels;
    }
    return Math.sqrt(sum);
  }

  private void raiseIf(boolean seen, Kind kind, long step) {
    if (seen && alarms.stream().noneMatch(alarm -> alarm.kind() == kind)) {
      Alarm alarm = new Alarm(kind, step);
      alarms.add(alarm);
      listener.accept(alarm);
    }
  }
}

package org.kerastwin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.Alarm.Kind;
import org.kerastwin.training.Losses;

/** Watches a training for signs that it is lost, and reports each kind of sign once. */
final class AlarmWatch {
  /** Times the losses at the start, which are near 0.7; in healthy trainings they stay below 3. */
  private static final double EXPLOSION = 100;

  /** One high loss may be chance. */
  private static final int EXPLOSION_STEPS = 5;

  private static final int WINNING_STEPS = 200;

  /**
   * The output on fakes of a discriminator that is sure. In the first 300 steps of a healthy
   * training it may be so low too, since fakes are made with moving statistics that still settle;
   * but the generator's loss is then below 3.
   */
  private static final double SURELY_FAKE = 0.005;

  /** The loss of a generator whose fakes are rated 0.0025. */
  private static final double HOPELESS = 6;

  /** Before, the samples of an untrained generator may be alike. */
  private static final int FIRST_STEPS = 100;

  /** The spread of a pixel over the samples, in [-1, 1]: digits have 0.5, after 60 steps 0.1. */
  private static final double ALIKE = 0.02;

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

  /** Looks at a step that has just been done. */
  void afterStep(long step, Losses losses, float outputOnFake) {
    count(losses, outputOnFake);
    raiseIf(highSteps >= EXPLOSION_STEPS, Kind.LOSSES_EXPLODED, step);
    raiseIf(wonSteps >= WINNING_STEPS, Kind.DISCRIMINATOR_WINS, step);
  }

  private void count(Losses losses, float outputOnFake) {
    double greatest =
        Math.max(
            losses.generator(), Math.max(losses.discriminatorReal(), losses.discriminatorFake()));
    // The only loss that no update has changed yet.
    first = Double.isNaN(first) ? Math.max(1, losses.discriminatorReal()) : first;
    highSteps = greatest > EXPLOSION * first ? highSteps + 1 : 0;
    boolean won = outputOnFake < SURELY_FAKE && losses.generator() > HOPELESS;
    wonSteps = won ? wonSteps + 1 : 0;
  }

  /** Looks at the samples of an epoch's end, {@code [count, height, width, 1]}. */
  void afterSamples(long step, NdArray samples) {
    raiseIf(step >= FIRST_STEPS && spread(samples) < ALIKE, Kind.GENERATOR_COLLAPSED, step);
  }

  /** The standard deviation over the samples: its root mean square over all pixels. */
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

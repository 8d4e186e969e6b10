package org.kerastwin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.Alarm.Kind;
import org.kerastwin.training.Losses;

/** Watches a training for signs of failure, and reports each kind once. */
final class AlarmWatch {
  /**
   * A factor on the initial losses, which are near 0.7; in healthy trainings losses stay below 3.
   */
  private static final double EXPLOSION = 100;

  /** A single high loss may be chance. */
  private static final int EXPLOSION_STEPS = 5;

  private static final int WINNING_STEPS = 200;

  /**
   * The output of a certain discriminator on fakes. It may also be this low in the first 300 steps
   * of a healthy training, while the moving statistics behind the fakes settle, but then the
   * generator's loss is below 3.
   */
  private static final double SURELY_FAKE = 0.005;

  /** The generator's loss if the discriminator rates its fakes 0.0025. */
  private static final double HOPELESS = 6;

  /** Earlier, the samples of the untrained generator may be alike. */
  private static final int FIRST_STEPS = 100;

  /**
   * The spread of pixels over the samples, which are in [-1, 1]: 0.5 for digits, 0.1 after 60
   * steps.
   */
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
    // The only loss before any update.
    first = Double.isNaN(first) ? Math.max(1, losses.discriminatorReal()) : first;
    highSteps = greatest > EXPLOSION * first ? highSteps + 1 : 0;
    boolean won = outputOnFake < SURELY_FAKE && losses.generator() > HOPELESS;
    wonSteps = won ? wonSteps + 1 : 0;
  }

  /** Looks at the samples of an epoch's end, {@code [count, height, width, 1]}. */
  void afterSamples(long step, NdArray samples) {
    raiseIf(step >= FIRST_STEPS && spread(samples) < ALIKE, Kind.GENERATOR_COLLAPSED, step);
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

package org.kerastwin.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.folder.Alarm;
import org.kerastwin.run.folder.Alarm.Kind;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.training.Losses;
import org.kerastwin.training.StepMetrics;

class AlarmWatchTest {
  private static final Losses START = new Losses(0.68f, 0.7f, 0.67f);
  private static final int SAMPLES = 100;
  private static final int PIXELS = 28 * 28;

  private final List<Alarm> heard = new ArrayList<>();
  private final AlarmWatch watch = new AlarmWatch(List.of(), new StepSeries(), heard::add);

  private void steps(long first, int count, Losses losses, float outputOnFake) {
    for (long step = first; step < first + count; step++) {
      watch.afterStep(step, losses, outputOnFake);
    }
  }

  @Test
  void reportsLossesFarAboveTheStartOnce() {
    steps(1, 1, START, 0.5f);
    steps(2, 4, new Losses(0, 101, 0), 0.5f);
    assertEquals(List.of(), heard);
    steps(6, 10, new Losses(0, 4.6e9f, 0), 0.5f);
    assertEquals(List.of(new Alarm(Kind.LOSSES_EXPLODED, 6)), heard);
    assertEquals(heard, watch.alarms());
  }

  @Test
  void ignoresASingleHighLoss() {
    steps(1, 1, START, 0.5f);
    for (int i = 1; i < 20; i++) {
      steps(2L * i, 1, new Losses(500, 0, 0), 0.5f);
      steps(2L * i + 1, 1, START, 0.5f);
    }
    assertEquals(List.of(), heard);
  }

  @Test
  void reportsADiscriminatorThatKeepsWinning() {
    Losses won = new Losses(0.33f, 1e-4f, 9);
    steps(1, 199, won, 1e-4f);
    assertEquals(List.of(), heard);
    steps(200, 300, won, 1e-4f);
    assertEquals(List.of(new Alarm(Kind.DISCRIMINATOR_WINS, 200)), heard);
  }

  /** The first steps on MNIST: the loss on fakes is nearly 0, but the generator's is moderate. */
  @Test
  void keepsQuietWhileMovingStatisticsSettle() {
    steps(1, 400, new Losses(0.33f, 3e-4f, 2.6f), 3e-4f);
    assertEquals(List.of(), heard);
  }

  private static NdArray samples(double spread) {
    float[] values = new float[SAMPLES * PIXELS];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      double digit = Math.sin(i % PIXELS / 9.0);
      values[i] = (float) (0.5 * digit + spread * random.nextGaussian());
    }
    return NdArray.ofFloats(values, List.of(SAMPLES, 28, 28, 1));
  }

  @Test
  void reportsSamplesThatAreAllAlike() {
    watch.afterSamples(99, samples(0.001));
    watch.afterSamples(500, samples(0.1));
    assertEquals(List.of(), heard);
    watch.afterSamples(501, samples(0.001));
    watch.afterSamples(502, samples(0.001));
    assertEquals(List.of(new Alarm(Kind.GENERATOR_COLLAPSED, 501)), heard);
  }

  @Test
  void continuesAfterACheckpointAndRepeatsNothing() {
    Losses won = new Losses(0.33f, 1e-4f, 9);
    StepSeries series = new StepSeries();
    for (int i = 0; i < 199; i++) {
      series.add(new StepMetrics(won, 0.9f, 1e-4f));
    }
    Alarm earlier = new Alarm(Kind.LOSSES_EXPLODED, 7);
    AlarmWatch resumed = new AlarmWatch(List.of(earlier), series, heard::add);
    assertEquals(List.of(), heard);
    resumed.afterStep(200, won, 1e-4f);
    assertEquals(List.of(new Alarm(Kind.DISCRIMINATOR_WINS, 200)), heard);
    for (int step = 201; step < 220; step++) {
      resumed.afterStep(step, new Losses(1e6f, 1e6f, 1e6f), 1e-4f);
    }
    assertEquals(1, heard.size());
  }

  @Test
  void survivesSavingAsAnArray() {
    List<Alarm> alarms = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      alarms.add(new Alarm(kind, 5));
      String text = new Alarm(kind, 5).problem().toString();
      assertTrue(text.startsWith("training at step '5': expected "), text);
    }
    assertTrue(Alarm.areAlarms(Alarm.toArray(alarms)));
    assertEquals(alarms, Alarm.of(Alarm.toArray(alarms)));
    assertEquals(List.of(), Alarm.of(Alarm.toArray(List.of())));
  }
}

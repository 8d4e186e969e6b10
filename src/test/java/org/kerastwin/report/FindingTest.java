package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingTest {
  private static final double DIVERSE = 0.19;

  private static float[] constant(int steps, float value) {
    float[] values = new float[steps];
    Arrays.fill(values, value);
    return values;
  }

  private static StepValues steps(int steps, float real, float fake, float generator) {
    float[] none = constant(steps, Float.NaN);
    return new StepValues(
        100, constant(steps, real), constant(steps, fake), constant(steps, generator), none, none);
  }

  private static List<String> alarms(StepValues values, double diversity) {
    return Finding.of(values, diversity).stream()
        .filter(each -> each.level() == Finding.Level.ALARM)
        .map(Finding::title)
        .toList();
  }

  @Test
  void usualRunsRaiseNoAlarm() {
    assertEquals(List.of(), alarms(steps(1000, 0.77f, 0.6f, 0.83f), DIVERSE));
  }

  @Test
  void aVanishingLossRaisesAnAlarm() {
    assertEquals(
        List.of("The discriminator has won"), alarms(steps(1000, 0.33f, 0.01f, 5), DIVERSE));
    assertEquals(List.of("The generator has won"), alarms(steps(1000, 0.77f, 4, 0.05f), DIVERSE));
  }

  /** The losses of a good run, seed 42 on MNIST, at steps 157 to 350. */
  @Test
  void twoSmallLossesRaiseNoAlarm() {
    assertEquals(List.of(), alarms(steps(1000, 0.33f, 0.002f, 0.09f), DIVERSE));
  }

  @Test
  void onlyLatestStepsCount() {
    StepValues values = steps(1000, 0.77f, 0.6f, 0.83f);
    Arrays.fill(values.lossFake(), 0, 900, 0);
    Arrays.fill(values.lossGenerator(), 0, 900, 5);
    assertEquals(List.of(), alarms(values, DIVERSE));
  }

  @Test
  void similarImagesRaiseAnAlarm() {
    assertEquals(List.of("The images look alike"), alarms(steps(1000, 0.77f, 0.6f, 0.83f), 0.01));
  }

  @Test
  void firstStepsRaiseNoAlarm() {
    List<Finding> findings = Finding.of(steps(50, 0.33f, 0.01f, 5), 0);
    assertEquals(List.of("All losses are finite", "The losses say little yet"), titles(findings));
  }

  @Test
  void divergedRunsRaiseAnAlarmAtAnyStep() {
    StepValues values = steps(50, 0.33f, 0.01f, 5);
    values.lossGenerator()[49] = Float.NaN;
    assertEquals(List.of("The training diverged"), alarms(values, DIVERSE));
  }

  private static List<String> titles(List<Finding> findings) {
    return findings.stream().map(Finding::title).toList();
  }
}

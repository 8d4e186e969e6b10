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

  private static final StepValues USUAL = steps(1000, 0.77f, 0.6f, 0.83f);

  @Test
  void usualRunsRaiseNoAlarm() {
    List<Finding> findings = Finding.of(USUAL, DIVERSE, List.of());
    assertEquals(List.of("All losses are finite", "The run raised no alarm"), titles(findings));
    assertEquals(Finding.Level.GOOD, Finding.worst(findings));
  }

  @Test
  void onlyTheAlarmsOfTheRunCount() {
    List<Finding> findings = Finding.of(USUAL, DIVERSE, List.of("first", "second"));
    assertEquals(Finding.Level.ALARM, Finding.worst(findings));
    assertEquals(
        List.of("first", "second"),
        findings.stream()
            .filter(each -> each.level() == Finding.Level.ALARM)
            .map(Finding::detail)
            .toList());
  }

  @Test
  void showsTheMeansOfTheLatestSteps() {
    StepValues values = steps(1000, 0.77f, 0.6f, 0.83f);
    Arrays.fill(values.lossFake(), 0, 900, 0);
    Arrays.fill(values.lossGenerator(), 0, 900, 5);
    String said = Finding.of(values, DIVERSE, List.of()).get(1).detail();
    assertEquals(
        "Over the last 100 steps the discriminator's mean loss on fakes is 0.60 and the generator's"
            + " loss 0.83. Between images, a pixel varies by 0.19 of its range.",
        said);
  }

  @Test
  void saysLittleAboutTheFirstSteps() {
    List<Finding> findings = Finding.of(steps(50, 0.33f, 0.01f, 5), 0, List.of());
    assertEquals(
        List.of("All losses are finite", "It is too early to judge the losses"), titles(findings));
  }

  @Test
  void divergedRunsRaiseAnAlarmAtAnyStep() {
    StepValues values = steps(50, 0.33f, 0.01f, 5);
    values.lossGenerator()[49] = Float.NaN;
    Finding first = Finding.of(values, DIVERSE, List.of()).get(0);
    assertEquals("Training diverged", first.title());
    assertEquals(Finding.Level.ALARM, first.level());
  }

  /** The run itself may have been killed before it could raise an alarm. */
  @Test
  void divergedRunsAreNotPraised() {
    StepValues values = steps(1000, 0.77f, 0.6f, Float.NaN);
    assertEquals(List.of("Training diverged"), titles(Finding.of(values, DIVERSE, List.of())));
  }

  private static List<String> titles(List<Finding> findings) {
    return findings.stream().map(Finding::title).toList();
  }
}

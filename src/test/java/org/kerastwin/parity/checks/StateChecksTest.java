package org.kerastwin.parity.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;

/** Impossible training states are found. */
class StateChecksTest {
  private static final String VELOCITY = "optimizer/generator/dense/bias/velocity";
  private static final String MOMENTUM = "optimizer/generator/dense/bias/momentum";
  private static final String ITERATION = "optimizer/discriminator/iteration";

  private final Map<String, NdArray> state = new LinkedHashMap<>();

  @BeforeEach
  void createPossibleState() {
    state.put("training/step", count(7));
    state.put("optimizer/generator/iteration", count(7));
    state.put(ITERATION, count(14));
    state.put(MOMENTUM, floats(-1e-8f, 1e-8f));
    state.put(VELOCITY, floats(0, 1e-8f));
  }

  @Test
  void acceptsPossibleStates() {
    Report report = check();
    assertTrue(report.firstDifference().isEmpty(), () -> report.firstDifference().toString());
    assertEquals(4, report.comparisons().size());
  }

  @Test
  void findsNegativeSecondMoments() {
    state.put(VELOCITY, floats(1e-8f, -1e-8f));
    assertFirst(VELOCITY);
  }

  @Test
  void findsInfiniteMoments() {
    state.put(MOMENTUM, floats(1, Float.POSITIVE_INFINITY));
    assertFirst(MOMENTUM);
  }

  @Test
  void findsTooFewUpdates() {
    state.put(ITERATION, count(13));
    assertFirst(ITERATION);
  }

  /** These numbers are equal in float32. */
  @Test
  void findsOneMissingUpdateAmongMillions() {
    state.put("training/step", count(1 << 24));
    state.put("optimizer/generator/iteration", count(1 << 24));
    state.put(ITERATION, count((1 << 25) - 1));
    assertFirst(ITERATION);
  }

  @Test
  void findsNegativeUpdatesWithoutSteps() {
    state.remove("training/step");
    state.put(ITERATION, count(-1));
    assertFirst(ITERATION);
  }

  private Report check() {
    return new StateChecks("upsampling", state).run();
  }

  private void assertFirst(String path) {
    TensorComparison first = check().firstDifference().orElseThrow();
    assertEquals("state/" + path, first.key().toString());
  }

  private static NdArray count(long value) {
    return NdArray.ofLongs(new long[] {value}, List.of());
  }

  private static NdArray floats(float... values) {
    return NdArray.ofFloats(values, List.of(values.length));
  }
}

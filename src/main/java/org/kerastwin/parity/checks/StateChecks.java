package org.kerastwin.parity.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Dcgan;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.run.folder.TrainingCheckpoint;
import org.kerastwin.weights.VariablePaths;

/**
 * Checks whether a training state is possible: all values finite, no negative variance or second
 * moment, and as many optimizer updates as the steps imply.
 *
 * @param name of the model in reports
 * @param state its variables by path
 */
public record StateChecks(String name, Map<String, NdArray> state) {
  /** Updates of each optimizer per step. */
  private static final Map<String, Integer> UPDATES_PER_STEP =
      Map.of(
          VariablePaths.iteration(Dcgan.GENERATOR),
          1,
          VariablePaths.iteration(Dcgan.DISCRIMINATOR),
          2);

  /** Weights and slots that are sums of squares. */
  private static final Set<String> SQUARES = Set.of("moving_variance", "velocity");

  /** Runs the checks. */
  public Report run() {
    List<TensorComparison> comparisons = new ArrayList<>();
    state.forEach(
        (path, value) -> {
          if (value.dtype() == DType.FLOAT32) {
            comparisons.add(inRange(path, value));
          } else if (path.endsWith("/iteration")) {
            comparisons.add(iteration(path, value));
          }
        });
    return new Report(comparisons, List.of());
  }

  /** The steps of a run determine the number of updates. Without steps it must not be negative. */
  private TensorComparison iteration(String path, NdArray value) {
    long count = value.longs()[0];
    long expected =
        Optional.ofNullable(state.get(TrainingCheckpoint.STEP))
            .filter(step -> UPDATES_PER_STEP.containsKey(path))
            .map(step -> step.longs()[0] * UPDATES_PER_STEP.get(path))
            .orElse(Math.max(0, count));
    // From 2^24 on, float32 does not hold the numbers themselves exactly.
    NdArray distance = NdArray.ofFloats(new float[] {count - expected}, List.of(1));
    return TensorComparison.between(name, new TensorKey(Stage.STATE, path), distance, new float[1]);
  }

  /** Compares squares with the same values without negative ones, and others with themselves. */
  private TensorComparison inRange(String path, NdArray value) {
    float[] expected = value.floats();
    if (SQUARES.contains(VariablePaths.name(path))) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.max(0, expected[i]);
      }
    }
    return TensorComparison.between(name, new TensorKey(Stage.STATE, path), value, expected);
  }
}

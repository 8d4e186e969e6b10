package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.kerastwin.io.NdArray;

/** Compares arrays by norm, since single elements may differ a lot if sums have another order. */
public final class Closeness {
  /**
   * For gradients of biases, where terms of both signs cancel: processors differ by up to 3e-6.
   * Omitting one pixel of 100 gives 1e-2.
   */
  private static final double CANCELLED = 1e-5;

  private Closeness() {}

  /** The L2 norm of the difference divided by that of the expected array. */
  public static double relativeError(NdArray expected, NdArray actual) {
    assertEquals(expected.shape(), actual.shape());
    float[] wanted = expected.floats();
    float[] found = actual.floats();
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference += Math.pow((double) found[i] - wanted[i], 2);
      norm += Math.pow(wanted[i], 2);
    }
    return difference == 0 ? 0 : Math.sqrt(difference / norm);
  }

  /** Asserts that the relative error is at most a tolerance. */
  public static void assertClose(
      NdArray expected, NdArray actual, double tolerance, String quantity) {
    double error = relativeError(expected, actual);
    assertTrue(error <= tolerance, () -> quantity + ": relative error " + error);
  }

  /** The same for arrays by name, whose names must be equal. */
  public static void assertClose(
      Map<String, NdArray> expected,
      Map<String, NdArray> actual,
      double tolerance,
      String quantity) {
    assertEquals(expected.keySet(), actual.keySet(), quantity);
    expected.forEach(
        (name, array) -> assertClose(array, actual.get(name), tolerance, quantity + " of " + name));
  }

  /** The same for gradients by path; those of biases have a tolerance of their own. */
  public static void assertGradientsClose(
      Map<String, NdArray> expected, Map<String, NdArray> actual, double tolerance) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (path, gradient) ->
            assertClose(
                gradient,
                actual.get(path),
                path.endsWith("/bias") ? Math.max(tolerance, CANCELLED) : tolerance,
                "gradient of " + path));
  }
}

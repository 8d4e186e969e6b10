package org.kerastwin.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.kerastwin.io.NdArray;

/** Comparison of arrays. Element by element nothing can be said of sums in another order. */
public final class Closeness {
  private Closeness() {}

  /** The L2 norm of the difference over that of what was expected. */
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
}

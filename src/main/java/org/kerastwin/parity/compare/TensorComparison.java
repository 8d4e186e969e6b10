package org.kerastwin.parity.compare;

import java.util.List;
import java.util.Optional;
import org.kerastwin.io.NdArray;

/**
 * The result of comparing one tensor.
 *
 * @param network the network, such as {@code upsampling}
 * @param key the tensor
 * @param tolerance for rounding
 * @param kink added to the tolerance: the error of LeakyReLU inputs within rounding of 0
 * @param difference from the expected values: those of Keras in float32, or of the model itself
 * @param float64 the comparison with Keras in float64, where the reference has it
 * @param worst position of the greatest error in the whole tensor
 * @param images the comparison as images
 * @param failure why there are no values to compare, such as another shape; empty if there are
 */
public record TensorComparison(
    String network,
    TensorKey key,
    Tolerance tolerance,
    double kink,
    TensorDifference difference,
    Optional<Float64Comparison> float64,
    List<Integer> worst,
    ErrorImages images,
    Optional<String> failure) {

  /** Compares with a reference. */
  public static TensorComparison of(
      String network, TensorKey key, float[] ours, ExpectedTensor expected) {
    TensorDifference difference = TensorDifference.between(ours, expected.values());
    return new TensorComparison(
        network,
        key,
        StageTolerances.of(network, key),
        expected.kink(),
        difference,
        expected
            .toFloat64()
            .map(toFloat64 -> Float64Comparison.of(ours, expected.values(), toFloat64)),
        expected.position(difference.worstIndex()),
        ErrorImages.of(key, expected.shape(), ours, expected.values()),
        Optional.empty());
  }

  /** A tensor that has another shape or is missing. */
  public static TensorComparison misshapen(
      String network, TensorKey key, Object expected, Object received) {
    return failed(network, key, "expected shape %s, received %s".formatted(expected, received));
  }

  /** A tensor that differs because it has another shape, is missing, or could not be computed. */
  public static TensorComparison failed(String network, TensorKey key, String failure) {
    float[] none = {Float.NaN};
    List<Integer> shape = List.of(none.length);
    return new TensorComparison(
        network,
        key,
        StageTolerances.of(network, key),
        0,
        TensorDifference.between(none, new float[none.length]),
        Optional.empty(),
        shape,
        ErrorImages.of(key, shape, none, none),
        Optional.of(failure));
  }

  /**
   * Compares with other values of our own, such as those that were written to a file.
   *
   * @param ours null if the file lacks it
   */
  public static TensorComparison between(
      String network, TensorKey key, NdArray ours, float[] expected) {
    if (ours == null || ours.size() != expected.length) {
      return failed(
          network, key, "expected %d elements, received %s".formatted(expected.length, ours));
    }
    return of(
        network, key, ours.floats(), new ExpectedTensor(ours.shape(), expected, Optional.empty()));
  }

  /**
   * The same, except that no element of the whole tensor may be NaN or infinite, sampled or not.
   *
   * @param whole our tensor, float32
   */
  public TensorComparison requireFinite(NdArray whole) {
    float[] values = whole.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        List<Integer> where = NdArray.position(i, whole.shape());
        return new TensorComparison(
            network, key, tolerance, kink, difference.notFinite(), float64, where, images, failure);
      }
    }
    return this;
  }

  /** The same for a tensor computed on a GPU. */
  public TensorComparison onGpu() {
    return new TensorComparison(
        network,
        key,
        tolerance.onGpu(),
        kink,
        difference,
        float64.map(Float64Comparison::onGpu),
        worst,
        images,
        failure);
  }

  /** The same for a tensor computed in bfloat16. */
  public TensorComparison inBfloat16() {
    return within(tolerance.inBfloat16());
  }

  /** The same with another tolerance. */
  public TensorComparison within(Tolerance other) {
    return new TensorComparison(
        network, key, other, kink, difference, float64, worst, images, failure);
  }

  /** Whether the tensor has the expected bits, or an accepted error. */
  public boolean isSame() {
    return difference.finite() && (difference.bitEqual() || isWithinTolerance());
  }

  /** The error as a fraction of the tolerance; infinite for NaN. */
  public double partOfTolerance() {
    double error = error();
    if (error == 0) {
      return 0;
    }
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / accepted();
  }

  /** The greatest accepted error: the tolerance and the effect of kinks. */
  public double accepted() {
    return tolerance.relativeL2() + kink;
  }

  private boolean isWithinTolerance() {
    return error() <= accepted()
        && float64.map(comparison -> comparison.isAccepted(tolerance, kink)).orElse(true);
  }

  /**
   * The relative error: the difference from Keras in float32, or from float64 if our result agrees
   * with float64 and that of Keras does not.
   */
  public double error() {
    return float64
        .filter(comparison -> comparison.agreesWhereKerasDoesNot(tolerance))
        .map(Float64Comparison::ours)
        .orElse(difference.relativeL2());
  }

  /** The result in a few words. */
  public String result() {
    if (!isSame()) {
      return "different";
    }
    return difference.bitEqual() ? "same bits" : "same";
  }

  /** One line about the error and its tolerance. */
  public String describe() {
    if (failure.isPresent()) {
      return "%s, %s: %s".formatted(network, key, failure.get());
    }
    if (!difference.finite()) {
      return "%s, %s: NaN or infinity in %s at %s"
          .formatted(network, key, difference.oursFinite() ? "the expected values" : "ours", worst);
    }
    String text =
        "%s, %s: relative error %.2g, tolerance %.2g (%s)"
            .formatted(network, key, error(), accepted(), tolerance.name());
    return float64
        .filter(comparison -> !comparison.isAccepted(tolerance, kink))
        .map(
            comparison ->
                "%s; from float64, ours differs by %.2g and Keras by %.2g"
                    .formatted(text, comparison.ours(), comparison.keras()))
        .orElse(text);
  }
}

package org.kerastwin.parity.compare;

import java.util.List;
import java.util.Optional;
import org.kerastwin.io.NdArray;

/**
 * What was found for one tensor.
 *
 * @param network the network, such as {@code upsampling}
 * @param key the tensor
 * @param tolerance how far it may be from what is expected
 * @param difference from what is expected: Keras in float32, or the model itself
 * @param judgement by Keras in float64, where the reference has it
 * @param worst where in the whole tensor the greatest error is
 * @param pictures the same to be looked at
 */
public record TensorComparison(
    String network,
    TensorKey key,
    Tolerance tolerance,
    TensorDifference difference,
    Optional<Float64Comparison> judgement,
    List<Integer> worst,
    ErrorImages pictures) {

  public static TensorComparison of(
      String network, TensorKey key, float[] ours, ExpectedTensor reference) {
    TensorDifference difference = TensorDifference.between(ours, reference.values());
    return new TensorComparison(
        network,
        key,
        Tolerance.of(network, key),
        difference,
        reference
            .toFloat64()
            .map(toFloat64 -> Float64Comparison.of(ours, reference.values(), toFloat64)),
        reference.position(difference.worstIndex()),
        ErrorImages.of(key, reference.shape(), ours, reference.values()));
  }

  /** Compares with other values of ours: what was written, say, with what was read again. */
  public static TensorComparison between(
      String network, TensorKey key, NdArray ours, float[] expected) {
    return of(
        network, key, ours.floats(), new ExpectedTensor(ours.shape(), expected, Optional.empty()));
  }

  /**
   * The same with regard to the elements that are not compared: none may be NaN or infinite.
   *
   * @param whole our tensor, float32
   */
  public TensorComparison withAllOf(NdArray whole) {
    float[] values = whole.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        List<Integer> where = NdArray.position(i, whole.shape());
        return new TensorComparison(
            network, key, tolerance, difference.notFinite(), judgement, where, pictures);
      }
    }
    return this;
  }

  /** The same where ours was computed on a GPU. */
  public TensorComparison onGpu() {
    return new TensorComparison(
        network,
        key,
        tolerance.onGpu(),
        difference,
        judgement.map(Float64Comparison::onGpu),
        worst,
        pictures);
  }

  /** Whether ours is what was expected: the same bits, or within the tolerance and as exact. */
  public boolean isSame() {
    return difference.finite() && (difference.sameBits() || isWithinTolerance());
  }

  /** The error as a part of what is tolerated; NaN counts as infinite. */
  double partOfTolerance() {
    double error = error();
    if (error == 0) {
      return 0;
    }
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / tolerance.relativeL2();
  }

  private boolean isWithinTolerance() {
    return error() <= tolerance.relativeL2()
        && judgement.map(judge -> judge.isAsGood(tolerance)).orElse(true);
  }

  /** From Keras in float32, or from float64 where ours has its side of a LeakyReLU. */
  private double error() {
    return judgement
        .filter(judge -> judge.isOnItsSide(tolerance))
        .map(Float64Comparison::ours)
        .orElse(difference.relativeL2());
  }

  /** The result in a word or two. */
  public String result() {
    if (!isSame()) {
      return "different";
    }
    return difference.sameBits() ? "same bits" : "same";
  }

  /** One line on what is wrong, or how well it fits. */
  public String describe() {
    if (!difference.finite()) {
      return "%s, %s: NaN or infinity in %s at %s"
          .formatted(network, key, difference.oursFinite() ? "what was expected" : "ours", worst);
    }
    String text =
        "%s, %s: relative error %.2g, tolerance %.2g (%s)"
            .formatted(network, key, error(), tolerance.relativeL2(), tolerance.name());
    return judgement.isPresent() && !judgement.get().isAsGood(tolerance)
        ? "%s; from float64 %.2g, Keras %.2g"
            .formatted(text, judgement.get().ours(), judgement.get().keras())
        : text;
  }
}

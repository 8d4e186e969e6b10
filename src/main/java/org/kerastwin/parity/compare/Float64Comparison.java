package org.kerastwin.parity.compare;

/**
 * The distance of both float32 results from the result of Keras in float64. It distinguishes
 * rounding from errors: a correct result is about as far from float64 as Keras in float32 is.
 *
 * @param ours relative L2 norm of our error
 * @param keras relative L2 norm of the error of Keras in float32
 * @param limited whether our error is limited by that of Keras
 */
public record Float64Comparison(double ours, double keras, boolean limited) {
  /** The greatest accepted ratio of our error to that of Keras; correct runs have less than 3. */
  static final double FACTOR = 8;

  /** An error of a few roundings is always accepted, up to half of the tolerance. */
  static final double ROUNDINGS = 5e-7;

  /**
   * The part of the tolerance that is always accepted. A sum of few elements may be exact in Keras
   * by chance; no multiple of its error would then be enough.
   */
  static final double FREE_PART = 0.1;

  /**
   * Compares with float64.
   *
   * @param ours our tensor
   * @param keras the tensor of Keras in float32
   * @param toFloat64 the tensor of Keras in float64, minus {@code keras}
   */
  static Float64Comparison of(float[] ours, float[] keras, float[] toFloat64) {
    double ourError = 0;
    double kerasError = 0;
    double size = 0;
    for (int i = 0; i < ours.length; i++) {
      double truth = (double) keras[i] + toFloat64[i];
      ourError += (ours[i] - truth) * (ours[i] - truth);
      kerasError += (double) toFloat64[i] * toFloat64[i];
      size += truth * truth;
    }
    return new Float64Comparison(
        TensorDifference.relative(Math.sqrt(ourError), Math.sqrt(size)),
        TensorDifference.relative(Math.sqrt(kerasError), Math.sqrt(size)),
        true);
  }

  /**
   * The same for a result computed on a GPU, where only the tolerance limits the error: Keras's
   * error is that of a CPU, and some algorithms of cuDNN, such as Winograd's, are less exact.
   */
  Float64Comparison onGpu() {
    return new Float64Comparison(ours, keras, false);
  }

  /**
   * Whether our error is a small multiple of that of Keras, or is not limited.
   *
   * @param kink an error that is accepted in any case
   */
  boolean isAccepted(Tolerance tolerance, double kink) {
    double tolerated = tolerance.relativeL2();
    double free = Math.max(Math.min(ROUNDINGS, tolerated / 2), FREE_PART * tolerated);
    return !limited || ours <= Math.max(FACTOR * keras, free) + kink;
  }

  /**
   * Whether our result agrees with float64 and Keras in float32 does not: the input of a LeakyReLU
   * is within rounding of 0, and ours has the sign of float64.
   */
  boolean agreesWhereKerasDoesNot(Tolerance tolerance) {
    return keras > tolerance.relativeL2() && ours <= tolerance.relativeL2();
  }
}

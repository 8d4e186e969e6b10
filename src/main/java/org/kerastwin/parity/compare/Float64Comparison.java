package org.kerastwin.parity.compare;

/**
 * The float64 judge's view: how far both float32 programs are from Keras in float64.
 *
 * @param ours relative L2 norm of our error
 * @param keras relative L2 norm of Keras's own error
 * @param binding whether ours may be no more than a small multiple of Keras's
 */
public record Float64Comparison(double ours, double keras, boolean binding) {
  /** How many times Keras's own error ours may be: two honest runs differ by less than three. */
  static final double FACTOR = 8;

  /** Below a few roundings an error says nothing; at most half of what is tolerated is below. */
  static final double ROUNDINGS = 5e-7;

  /**
   * The part of its tolerance that a tensor may always take: a sum of few elements may be right in
   * Keras by chance, and then any multiple of Keras's error is too strict.
   */
  static final double FREE_PART = 0.1;

  /**
   * Judges.
   *
   * @param ours our tensor
   * @param keras Keras's in float32
   * @param minusKeras Keras's in float64, minus the former
   */
  static Float64Comparison of(float[] ours, float[] keras, float[] minusKeras) {
    double ourError = 0;
    double kerasError = 0;
    double size = 0;
    for (int i = 0; i < ours.length; i++) {
      double truth = (double) keras[i] + minusKeras[i];
      ourError += (ours[i] - truth) * (ours[i] - truth);
      kerasError += (double) minusKeras[i] * minusKeras[i];
      size += truth * truth;
    }
    return new Float64Comparison(
        TensorDifference.relative(Math.sqrt(ourError), Math.sqrt(size)),
        TensorDifference.relative(Math.sqrt(kerasError), Math.sqrt(size)),
        true);
  }

  /**
   * The same where ours was computed on a GPU. There it binds nobody: Keras's own error is a CPU's,
   * and algorithms of cuDNN's such as Winograd's may honestly err by any multiple of that, up to
   * the tolerance.
   */
  Float64Comparison onGpu() {
    return new Float64Comparison(ours, keras, false);
  }

  /** Whether our error is a small multiple of Keras's, or need not be. */
  public boolean isAsGood(Tolerance tolerance) {
    double tolerated = tolerance.relativeL2();
    double free = Math.max(Math.min(ROUNDINGS, tolerated / 2), FREE_PART * tolerated);
    return !binding || ours <= Math.max(FACTOR * keras, free);
  }

  /**
   * Whether Keras in float32 is further from float64 than is tolerated, and ours is not: rounding
   * decides on which side of 0 the input of a LeakyReLU lies there, and ours has float64's.
   */
  public boolean isOnItsSide(Tolerance tolerance) {
    return keras > tolerance.relativeL2() && ours <= tolerance.relativeL2();
  }
}

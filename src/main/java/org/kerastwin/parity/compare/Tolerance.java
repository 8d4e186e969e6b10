package org.kerastwin.parity.compare;

import java.util.Locale;

/**
 * The accepted error of a tensor: the greatest relative L2 norm of its difference from Keras in
 * float32. On one machine and with the same number of threads the bits are equal; the tolerances
 * are for another processor, thread count or TensorFlow. Each is several times the difference of
 * two correct float32 runs, and at most a third of the effect of the smallest fault it must catch.
 */
public enum Tolerance {
  /** Values that are only copied or counted. */
  EXACT(0, "no arithmetic"),
  /** Initial weights, and weights derived from them. */
  WEIGHTS(2e-7, "one multiplication and one addition after an exact draw"),
  /** Forward passes. */
  FORWARD(1e-5, "sums of up to 3200 products in another order: 2e-6", 8e-4, "epsilon 1e-5"),
  /** The output of the discriminator. */
  PROBABILITY(1e-6, "the sigmoid flattens errors: 1.4e-7", 6e-3, "slope 0.3"),
  /** Losses of given logits, and their gradients. */
  LOSS(2e-6, "exp and log1p may differ by an ulp each: 2.4e-7", 0.1, "clipping"),
  /** Gradients of the discriminator, and the moments of its Adam after one step. */
  DISCRIMINATOR_GRADIENT(1e-4, "another order of additions: 2e-5", 5e-3, "slope 0.3"),
  /** Gradients of the generator, and the moments of its Adam after one step. */
  GENERATOR_GRADIENT(3e-4, "batch normalization subtracts means: 1e-4", 4e-2, "slope 0.3"),
  /** The moving mean after a batch. */
  MOVING_MEAN(3e-6, "a mean that cancels: 9e-7", 2e-2, "momentum 0.9"),
  /** The moving variance after a batch. */
  MOVING_VARIANCE(3e-7, "1 % of a variance added: 5e-8", 1e-6, "Bessel's correction"),
  /** The moving variance after a batch, starting from 0: 0.01 times the variance of the batch. */
  BATCH_VARIANCE(1e-6, "the population's variance: 1.6e-7", 6e-4, "Bessel's correction"),
  /** The moments after one Adam update. */
  MOMENTS(0, "IEEE 754 rounds each of four operations alike everywhere", 6e-6, "beta_2 in float32"),
  /**
   * One Adam update with given moments, and the average of the weights. It is exact where power and
   * square root are exact.
   */
  ADAM(3e-7, "a power and a root may differ by an ulp", 6e-6, "beta_2 in float32"),
  /** The change of the weights in the first GAN step, relative to that change. */
  FIRST_STEP(
      1e-3,
      "Adam divides small gradients by their own size: 2e-5 on one machine, 1.5e-4 on another,"
          + " 2e-4 between Keras and float64",
      0.2,
      "a wrong step"),
  /**
   * The change in a few GAN steps, relative to that change. It need not catch any fault: after the
   * input of a LeakyReLU has crossed 0 in only one of two correct runs, it can only detect weights
   * that do not change.
   */
  STEPS(
      0.9,
      "an input that crosses 0 gives 2e-2, or 0.5 in a bias of one element; a weight that never"
          + " changes has an error of 1"),
  /** Losses of the first GAN step. */
  FIRST_LOSSES(2e-5, "rounding in both networks: 3e-6", 9e-4, "labels of 1"),
  /** Losses of the GAN steps after it. */
  STEP_LOSSES(1e-4, "errors grow with each step", 9e-4, "labels of 1"),
  /** Losses of a short run with small batches. */
  LOOP_LOSSES(3e-3, "six steps, in which inputs of LeakyReLUs cross 0", 1e-2, "swapped columns"),
  /** Moving statistics as plain means, after a few GAN steps. */
  PLAIN_MEANS(1e-3, "weights after two steps", 3e-2, "an exponential average"),
  /** The samples of a short run. */
  SAMPLES(
      0.1,
      "Adam's first steps have the size of the learning rate, however small a gradient",
      0.5,
      "other noise"),
  /** Gray values of a picture of given or just generated images, as integers. */
  GRAY(1e-3, "a value between two grays may round to either", 4e-3, "rounding down"),
  /** Gray values of a picture after a short run. */
  TRAINED_GRAY(3e-3, "the samples differ: 3e-2 with other kernels"),

  /** Forward passes on a GPU. */
  GPU_FORWARD(
      1e-4, "cuDNN's algorithms, such as Winograd, round differently", 8e-4, "epsilon 1e-5"),
  /** The output of the discriminator on a GPU. */
  GPU_PROBABILITY(1e-5, "the sigmoid flattens errors", 6e-3, "slope 0.3"),
  /** Losses of given logits on a GPU, and their gradients. */
  GPU_LOSS(1e-5, "CUDA's exp and log are exact to a few ulp", 0.1, "clipping"),
  /** Gradients of the discriminator on a GPU. */
  GPU_DISCRIMINATOR_GRADIENT(1e-3, "cuDNN's algorithms", 5e-3, "slope 0.3"),
  /** Gradients of the generator on a GPU. */
  GPU_GENERATOR_GRADIENT(3e-3, "cuDNN's algorithms", 4e-2, "slope 0.3"),
  /** The moving mean after a batch on a GPU. */
  GPU_MOVING_MEAN(3e-5, "a mean that cancels", 2e-2, "momentum 0.9"),
  /** The moving variance after a batch on a GPU. */
  GPU_MOVING_VARIANCE(3e-6, "1 % of a variance added", 2e-2, "momentum 0.9"),
  /** The moving variance after a batch on a GPU, starting from 0. */
  GPU_BATCH_VARIANCE(1e-5, "cuDNN's algorithms before it", 6e-4, "Bessel's correction"),
  /** The moments after one Adam update on a GPU. */
  GPU_MOMENTS(
      1e-6, "a GPU may contract a product and a sum to one rounding", 6e-6, "beta_2 in float32"),
  /** One Adam update with given moments on a GPU. */
  GPU_ADAM(1e-6, "CUDA's power is exact to a few ulp", 6e-6, "beta_2 in float32"),
  /** The change in the first GAN step on a GPU, relative to that change. */
  GPU_FIRST_STEP(1e-2, "cuDNN's algorithms", 0.2, "a wrong step"),
  /** Losses of the first GAN step on a GPU. */
  GPU_FIRST_LOSSES(2e-4, "cuDNN's algorithms", 9e-4, "labels of 1"),
  /** Losses of the GAN steps after it on a GPU. */
  GPU_STEP_LOSSES(3e-4, "cuDNN's algorithms", 9e-4, "labels of 1"),

  /** Forward passes in bfloat16. */
  BFLOAT16_FORWARD(3e-2, "roundings to 2^-8 through all layers: 1.5e-2", 9e-2, "slope 0.3"),
  /** The output of the discriminator in bfloat16. */
  BFLOAT16_PROBABILITY(2e-3, "the sigmoid flattens errors", 6e-3, "slope 0.3"),
  /** Gradients in bfloat16, and the moments of Adam after one step. */
  BFLOAT16_GRADIENT(
      0.2, "inputs of a LeakyReLU within rounding of 0, and sums that cancel: up to 0.13"),
  /** Moving statistics after a batch in bfloat16. */
  BFLOAT16_MOVING(6e-3, "the rounding of a batch, averaged", 2e-2, "momentum 0.9"),
  /** Losses of the first GAN step in bfloat16. */
  BFLOAT16_LOSSES(2e-3, "errors of single images, averaged: 3e-4"),
  /** Losses after some GAN steps in bfloat16. */
  BFLOAT16_STEP_LOSSES(1e-2, "errors of six images, after three steps: 2.1e-3"),
  /** Gray values of a picture in bfloat16. */
  BFLOAT16_GRAY(1.5e-2, "the errors of a forward pass: 3.5e-3");

  private final double relativeL2;
  private final double smallestFault;
  private final String reason;

  /** A tolerance that need not catch any fault. */
  Tolerance(double relativeL2, String reason) {
    this.relativeL2 = relativeL2;
    this.smallestFault = Double.POSITIVE_INFINITY;
    this.reason = reason;
  }

  Tolerance(double relativeL2, String reason, double smallestFault, String fault) {
    this.relativeL2 = relativeL2;
    this.smallestFault = smallestFault;
    this.reason = String.format(Locale.ROOT, "%s; %s gives %.0e", reason, fault, smallestFault);
  }

  /** The greatest relative L2 norm of a difference. */
  public double relativeL2() {
    return relativeL2;
  }

  /** The effect of the smallest fault it must catch; infinite if there is none. */
  public double smallestFault() {
    return smallestFault;
  }

  /** Why it has this value, and the effect of a fault. */
  public String reason() {
    return reason;
  }

  /**
   * The tolerance of the same tensor computed on a GPU: at most ten times that of the CPU, or a few
   * roundings where that is 0, and at most a third of the effect of the smallest fault. Estimated,
   * not measured on a GPU.
   */
  public Tolerance onGpu() {
    return switch (this) {
      case FORWARD -> GPU_FORWARD;
      case PROBABILITY -> GPU_PROBABILITY;
      case LOSS -> GPU_LOSS;
      case DISCRIMINATOR_GRADIENT -> GPU_DISCRIMINATOR_GRADIENT;
      case GENERATOR_GRADIENT -> GPU_GENERATOR_GRADIENT;
      case MOVING_MEAN -> GPU_MOVING_MEAN;
      case MOVING_VARIANCE -> GPU_MOVING_VARIANCE;
      case BATCH_VARIANCE -> GPU_BATCH_VARIANCE;
      case MOMENTS -> GPU_MOMENTS;
      case ADAM -> GPU_ADAM;
      case FIRST_STEP -> GPU_FIRST_STEP;
      case FIRST_LOSSES -> GPU_FIRST_LOSSES;
      case STEP_LOSSES -> GPU_STEP_LOSSES;
      default -> this;
    };
  }

  /**
   * The tolerance of the same tensor computed in bfloat16, whose numbers have 8 significant bits.
   * Losses of given logits, and Adam, are still computed in float32 and keep their own.
   */
  public Tolerance inBfloat16() {
    return switch (this) {
      case FORWARD, GPU_FORWARD -> BFLOAT16_FORWARD;
      case PROBABILITY, GPU_PROBABILITY -> BFLOAT16_PROBABILITY;
      case DISCRIMINATOR_GRADIENT,
          GENERATOR_GRADIENT,
          GPU_DISCRIMINATOR_GRADIENT,
          GPU_GENERATOR_GRADIENT ->
          BFLOAT16_GRADIENT;
      case MOVING_MEAN,
          MOVING_VARIANCE,
          BATCH_VARIANCE,
          PLAIN_MEANS,
          GPU_MOVING_MEAN,
          GPU_MOVING_VARIANCE,
          GPU_BATCH_VARIANCE ->
          BFLOAT16_MOVING;
      case FIRST_STEP, GPU_FIRST_STEP -> STEPS;
      case GRAY, TRAINED_GRAY -> BFLOAT16_GRAY;
      case FIRST_LOSSES, GPU_FIRST_LOSSES -> BFLOAT16_LOSSES;
      case STEP_LOSSES, GPU_STEP_LOSSES -> BFLOAT16_STEP_LOSSES;
      default -> this;
    };
  }
}

package org.kerastwin.parity;

import java.util.Optional;

/**
 * What was found for one tensor.
 *
 * @param network the network, such as {@code upsampling}
 * @param key the tensor
 * @param tolerance how far it may be from Keras's
 * @param difference from Keras in float32
 * @param judgement by Keras in float64, where the reference has it
 */
public record Verdict(
    String network,
    TensorKey key,
    Tolerance tolerance,
    Difference difference,
    Optional<Judgement> judgement) {

  static Verdict of(String network, TensorKey key, float[] ours, Reference.Tensor reference) {
    return new Verdict(
        network,
        key,
        Tolerance.of(network, key),
        Difference.between(ours, reference.keras()),
        reference.judge().map(judge -> Judgement.of(ours, reference.keras(), judge)));
  }

  /** Whether the tensor is Keras's: the same bits, or within the tolerance and as exact. */
  public boolean isSame() {
    return difference.finite() && (difference.sameBits() || isWithinTolerance());
  }

  private boolean isWithinTolerance() {
    return difference.relativeL2() <= tolerance.relativeL2()
        && judgement.map(judge -> judge.isAsGood(tolerance)).orElse(true);
  }

  /** One line on what is wrong, or how well it fits. */
  public String describe() {
    if (!difference.finite()) {
      return "%s, %s: NaN or infinity at element %d"
          .formatted(network, key, difference.worstIndex());
    }
    String text =
        "%s, %s: relative error %.2g, tolerance %.2g (%s)"
            .formatted(
                network, key, difference.relativeL2(), tolerance.relativeL2(), tolerance.name());
    return judgement.isPresent() && !judgement.get().isAsGood(tolerance)
        ? "%s; from float64 %.2g, Keras %.2g"
            .formatted(text, judgement.get().ours(), judgement.get().keras())
        : text;
  }
}

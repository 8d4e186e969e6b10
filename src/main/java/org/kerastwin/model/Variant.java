package org.kerastwin.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;

/** The three generators of the notebook. */
public enum Variant {
  /** UpSampling2D followed by Conv2D, twice. */
  UPSAMPLING,
  /**
   * Conv2DTranspose with strides of 2, twice: what the second generator in the notebook intends.
   */
  TRANSPOSED,
  /** Conv2DTranspose without strides, as written in the notebook. Its images have 7×7 pixels. */
  TRANSPOSED_LITERAL;

  /** The name on the command line, such as {@code transposed-literal}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its images fit the discriminator. */
  public boolean isTrainable() {
    return this != TRANSPOSED_LITERAL;
  }

  /**
   * Rejects the variant whose images do not fit the discriminator.
   *
   * @throws UsageException if it can't be trained
   */
  public void requireTrainable() {
    if (!isTrainable()) {
      throw new UsageException(
          Problem.with("variant", this)
              .expected("a generator of 28×28 images for the discriminator")
              .received("one of 7×7 images")
              .advice("Choose 'transposed', whose Conv2DTranspose layers have strides."));
    }
  }

  /** The variant of that name, if there is one. */
  public static Optional<Variant> of(String label) {
    return Arrays.stream(values()).filter(variant -> variant.label().equals(label)).findFirst();
  }

  /** All names, for a message. */
  public static String labels() {
    return Arrays.stream(values()).map(Variant::label).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return label();
  }
}

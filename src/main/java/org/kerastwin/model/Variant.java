package org.kerastwin.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

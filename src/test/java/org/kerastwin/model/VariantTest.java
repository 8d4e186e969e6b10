package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class VariantTest {
  @Test
  void hasTheLabelsOfTheCommandLine() {
    assertEquals("upsampling, transposed, transposed-literal", Variant.labels());
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void findsVariantsByLabel(Variant variant) {
    assertEquals(Optional.of(variant), Variant.of(variant.label()));
    assertEquals(variant.label(), variant.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPSAMPLING", "transposed_literal", "upsampling "})
  void rejectsOtherLabels(String label) {
    assertEquals(Optional.empty(), Variant.of(label));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void trainsVariantsWithImagesOfTheDiscriminatorSize(Variant variant) {
    Shape images = Dcgan.generator(variant, 100).outputShape();
    assertEquals(images.equals(Dcgan.discriminator().inputShape()), variant.isTrainable());
  }
}

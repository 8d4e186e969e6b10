package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
import org.kerastwin.layers.Window;
import org.kerastwin.testing.KerasFixtures;

/** Compares the notebook's models layer by layer with Keras's {@code get_config()}. */
class DcganTest {
  private static final int NOISE_DIM = 100;

  @ParameterizedTest
  @EnumSource(Variant.class)
  void generatorsHaveTheConfigurationOfKeras(Variant variant) {
    assertLayers(variant.label(), Dcgan.generator(variant, NOISE_DIM));
  }

  @Test
  void discriminatorHasTheConfigurationOfKeras() {
    assertLayers("discriminator", Dcgan.discriminator());
  }

  private static void assertLayers(String fixture, Sequential model) {
    List<String> expected = KerasFixtures.texts(KerasFixtures.names().get("layers").get(fixture));
    assertEquals(expected, model.nodes().stream().map(node -> described(node.layer())).toList());
  }

  private static String described(Layer layer) {
    String settings = "";
    if (layer instanceof Dense dense) {
      settings = " units=%d activation=%s".formatted(dense.units(), name(dense.activation()));
    } else if (layer instanceof Reshape reshape) {
      String shape = reshape.targetShape().toString();
      settings = " target_shape=" + shape.replace('[', '(').replace(']', ')');
    } else if (layer instanceof LeakyReLU leaky) {
      settings = " negative_slope=" + leaky.negativeSlope();
    } else if (layer instanceof BatchNormalization norm) {
      settings = " momentum=%s epsilon=%s".formatted(norm.momentum(), norm.epsilon());
    } else if (layer instanceof UpSampling2D up) {
      settings = " size=" + up.size();
    } else if (layer instanceof Conv2D conv) {
      settings = convolution(conv.filters(), conv.window(), conv.activation());
    } else if (layer instanceof Conv2DTranspose conv) {
      settings = convolution(conv.filters(), conv.window(), conv.activation());
    } else {
      assertEquals(Flatten.class, layer.getClass());
    }
    return layer.className() + settings;
  }

  private static String convolution(int filters, Window window, Activation.Function activation) {
    return " filters=%d kernel_size=%s strides=%s padding=%s activation=%s"
        .formatted(
            filters,
            window.size(),
            window.strides(),
            window.padding().name().toLowerCase(Locale.ROOT),
            name(activation));
  }

  private static String name(Activation.Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }
}

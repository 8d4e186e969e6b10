package org.kerastwin.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.DType;
import org.kerastwin.keras.ModelVariables.Entry;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.TensorType;

/** The names in files of Keras 3.15.1 for the notebook's models. */
class ModelVariablesTest {
  private final ModelVariables generator =
      KerasConfig.variables(Dcgan.generator(Variant.UPSAMPLING, 100));

  @Test
  void weights() {
    assertEquals(
        new Entry(
            "generator/conv2d_1/kernel",
            "layers/conv2d_1/vars/0",
            "generator/conv2d_1/kernel",
            new TensorType(DType.FLOAT32, List.of(5, 5, 64, 1))),
        generator.weights().get("generator/conv2d_1/kernel"));
    assertEquals(
        "layers/batch_normalization/vars/3",
        generator.weights().get("generator/batch_normalization/moving_variance").place());
    assertEquals(14, generator.weights().size());
  }

  @Test
  void slots() {
    assertEquals(22, generator.slots().size());
    assertEquals(
        new Entry(
            "optimizer/generator/conv2d/kernel/velocity",
            "optimizer/vars/11",
            "adam/generator_conv2d_kernel_velocity",
            new TensorType(DType.FLOAT32, List.of(5, 5, 128, 64))),
        generator.slots().get("optimizer/generator/conv2d/kernel/velocity"));
    assertEquals(
        "optimizer/vars/18",
        generator.slots().get("optimizer/generator/conv2d_1/kernel/momentum").place());
  }

  @Test
  void layersWithoutWeightsKeepTheirPlaces() {
    assertEquals(
        List.of(
            "dense",
            "reshape",
            "leaky_re_lu",
            "batch_normalization",
            "up_sampling2d",
            "conv2d",
            "leaky_re_lu_1",
            "batch_normalization_1",
            "up_sampling2d_1",
            "conv2d_1"),
        generator.layers().stream().map(ModelVariables.Layer::name).toList());
  }
}

package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A description written by hand may omit arguments that have a default in Keras. The defaults in
 * the third column are those of the constructors in Keras 3.15.1.
 */
class DefaultArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Dense              | \"units\": 3 | \"use_bias\": true, \"activation\": null",
        "Conv2D             | \"filters\": 3, \"kernel_size\": 5 | \"strides\": [1, 1],"
            + " \"padding\": \"valid\", \"dilation_rate\": [1, 1], \"use_bias\": true",
        "Conv2DTranspose    | \"filters\": 3, \"kernel_size\": 5 | \"strides\": [1, 1],"
            + " \"padding\": \"valid\", \"output_padding\": null",
        "DepthwiseConv2D    | \"kernel_size\": [3, 3] | \"depth_multiplier\": 1, \"strides\": 1",
        "SeparableConv2D    | \"filters\": 3, \"kernel_size\": 3 | \"depth_multiplier\": 1",
        "BatchNormalization | \"name\": \"b\" | \"momentum\": 0.99, \"epsilon\": 0.001,"
            + " \"center\": true, \"scale\": true, \"axis\": -1",
        "LayerNormalization | \"name\": \"b\" | \"epsilon\": 0.001, \"center\": true,"
            + " \"scale\": true, \"axis\": -1",
        "UpSampling2D       | \"name\": \"u\" | \"size\": [2, 2], \"interpolation\": \"nearest\"",
        "MaxPooling2D       | \"name\": \"p\" | \"pool_size\": [2, 2], \"strides\": [2, 2],"
            + " \"padding\": \"valid\"",
        "AveragePooling2D   | \"name\": \"p\" | \"pool_size\": [2, 2], \"strides\": [2, 2],"
            + " \"padding\": \"valid\"",
        "ZeroPadding2D      | \"name\": \"z\" | \"padding\": [[1, 1], [1, 1]]",
        "Cropping2D         | \"name\": \"c\" | \"cropping\": [[0, 0], [0, 0]]",
        "LeakyReLU          | \"name\": \"l\" | \"negative_slope\": 0.3",
        "ReLU               | \"name\": \"r\" | \"negative_slope\": 0, \"threshold\": 0",
        "ELU                | \"name\": \"e\" | \"alpha\": 1.0",
        "Rescaling          | \"scale\": 0.5 | \"offset\": 0.0",
        "Softmax            | \"name\": \"s\" | \"axis\": -1",
        "PReLU              | \"name\": \"r\" | \"shared_axes\": null",
      })
  void areThoseOfKeras(String type, String required, String defaults) {
    assertEquals(nodes(type, required + ", " + defaults), nodes(type, required));
  }

  private static List<?> nodes(String type, String config) {
    return KerasConfig.sequential(
            """
            {"class_name": "Sequential", "module": "keras", "config": {"layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 8, 2]}},
              {"class_name": "%s", "module": "keras.layers", "config": {%s}}]}}
            """
                .formatted(type, config),
            "model",
            "file.json")
        .nodes();
  }
}

"""Writes initializers.json and initializers.npz to src/test/resources/keras: a description of a model
with initializers of all kinds, and the initial weights that Keras gives it.

Usage: python make_initializer_fixtures.py
"""

import os

import keras
import numpy as np
from keras import initializers, layers

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(os.path.dirname(HERE), "resources", "keras")
SEED = 7


def model():
    return keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(
                48,
                kernel_initializer=initializers.RandomNormal(stddev=0.02),
                bias_initializer=initializers.Constant(0.25),
            ),
            layers.Reshape((4, 4, 3)),
            layers.BatchNormalization(
                gamma_initializer=initializers.RandomNormal(1.0, 0.02), beta_initializer="ones"
            ),
            layers.Dropout(0.2),
            layers.Conv2DTranspose(2, 3, kernel_initializer="he_normal", bias_initializer="normal"),
            layers.PReLU(alpha_initializer=initializers.RandomUniform(0.1, 0.3, seed=11)),
            layers.SeparableConv2D(
                4,
                3,
                depth_multiplier=2,
                depthwise_initializer="lecun_uniform",
                pointwise_initializer=initializers.TruncatedNormal(0.5, 0.1),
            ),
            layers.DepthwiseConv2D(2, depthwise_initializer="he_uniform"),
            layers.LayerNormalization(gamma_initializer="glorot_normal"),
            layers.Conv2D(
                3,
                2,
                kernel_initializer=initializers.VarianceScaling(
                    0.7, "fan_out", "untruncated_normal", seed=2**31 - 3
                ),
            ),
            layers.Flatten(),
            layers.Dense(4, kernel_initializer="lecun_normal"),
            layers.Dense(2),
        ]
    )


def main():
    text = model().to_json()
    keras.utils.set_random_seed(SEED)
    read = keras.models.model_from_json(text)
    with open(os.path.join(FOLDER, "initializers.json"), "w", encoding="utf-8") as file:
        file.write(text + "\n")
    weights = [weight for layer in read.layers for weight in layer.weights]
    np.savez(
        os.path.join(FOLDER, "initializers.npz"),
        **{weight.path: weight.numpy() for weight in weights if "seed" not in weight.path},
    )


if __name__ == "__main__":
    main()

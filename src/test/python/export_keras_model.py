"""Exports a small Keras generator as a SavedModel, for Java to open.

usage: export_keras_model.py MODEL NOISE.npy IMAGES.f4

Writes to IMAGES what Keras computes for NOISE, as little-endian float32 without a header.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

folder, noise_file, images_file = sys.argv[1:4]

keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((5,), name="noise"),
        keras.layers.Dense(36, name="dense"),
        keras.layers.Reshape((3, 3, 4)),
        keras.layers.BatchNormalization(name="batch_normalization"),
        keras.layers.LeakyReLU(negative_slope=0.2),
        keras.layers.UpSampling2D(),
        keras.layers.Conv2D(1, 3, padding="same", activation="tanh", name="conv2d"),
    ],
    name="generator",
)
model.get_layer("batch_normalization").moving_mean.assign(np.full(4, 0.5, "float32"))
model.export(folder, verbose=False)
images = np.asarray(model(np.load(noise_file), training=False))
images.astype("<f4").tofile(images_file)

"""Draws a grid of digits with Keras, from a .keras file or a SavedModel.

    java -jar target/trainer.jar convert saved_models/upsampling generator.keras
    python src/example/python/generate_digits_with_keras.py generator.keras digits.png
    python src/example/python/generate_digits_with_keras.py saved_models/upsampling digits.png
"""

import sys

import keras
import numpy as np
import tensorflow as tf

COLUMNS, SIZE = 10, 28

path, picture = sys.argv[1:]
if path.endswith(".keras"):
    generator = keras.models.load_model(path)  # a Sequential, as the notebook has it
else:
    layer = keras.layers.TFSMLayer(path, call_endpoint="serve")
    generator = keras.Sequential([keras.Input((100,)), layer])
noise = np.random.default_rng(0).normal(size=(COLUMNS**2, 100)).astype("float32")
images = generator.predict(noise, verbose=0)  # [100, 28, 28, 1] in (-1, 1)

rows = images.reshape(COLUMNS, COLUMNS, SIZE, SIZE).transpose(0, 2, 1, 3)
grid = np.round((rows.reshape(COLUMNS * SIZE, COLUMNS * SIZE, 1) + 1) * 127.5).astype("uint8")
tf.io.write_file(picture, tf.io.encode_png(grid))

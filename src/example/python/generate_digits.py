"""Draws a grid of digits with a generator that was exported as a SavedModel.

    python src/example/python/generate_digits.py saved_models/upsampling digits.png
"""

import sys

import numpy as np
import tensorflow as tf

COLUMNS, SIZE = 10, 28

folder, picture = sys.argv[1:]
generator = tf.saved_model.load(folder)
noise = np.random.default_rng(0).normal(size=(COLUMNS**2, 100)).astype("float32")
images = generator(noise).numpy()  # [100, 28, 28, 1] in (-1, 1)

rows = images.reshape(COLUMNS, COLUMNS, SIZE, SIZE).transpose(0, 2, 1, 3)
grid = np.round((rows.reshape(COLUMNS * SIZE, COLUMNS * SIZE, 1) + 1) * 127.5).astype("uint8")
tf.io.write_file(picture, tf.io.encode_png(grid))

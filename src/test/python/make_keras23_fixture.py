"""Writes the fixture of standalone Keras to src/test/resources/keras/files, for the reader of Java.

Usage: python make_keras23_fixture.py [FOLDER]

Needs keras 2.0 to 2.3 with TensorFlow 1 (made with Python 3.7, keras 2.3.1, tensorflow 1.15.5, h5py
2.10.0). Its Adam numbers its variables instead of naming them after the weights: first all momenta,
then all velocities, then a placeholder for each weight that only AMSGrad uses. The .npz holds Adam's
variables by our paths, an input, and the output.
"""

import os
import sys

import keras
import numpy as np
from keras import layers
from keras.models import Sequential
from keras.optimizers import Adam

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(os.path.dirname(HERE), "resources", "keras", "files")


def discriminator():
    return Sequential(
        [
            layers.Conv2D(2, (5, 5), strides=(2, 2), padding="same", input_shape=(8, 8, 1)),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def main(folder):
    np.random.seed(7)
    model = discriminator()
    images = np.linspace(-1, 1, 256, dtype="f4").reshape(4, 8, 8, 1)
    model.compile(loss="binary_crossentropy", optimizer=Adam(2e-4, beta_1=0.5))
    model.train_on_batch(images, np.array([[1], [0], [1], [0]]))
    model.save(os.path.join(folder, "keras23.h5"))
    count = len(model.trainable_weights)
    slots = model.optimizer.get_weights()
    arrays = {
        "optimizer/discriminator/iteration": np.array(slots[0], "<i8"),
        "input": images,
        "output": model.predict(images),
    }
    for index, weight in enumerate(model.trainable_weights):
        # Standalone Keras counts layers from 1, this program as Keras 3 from none.
        path = "optimizer/discriminator/" + weight.name[:-2].replace("_1/", "/")
        arrays[path + "/momentum"] = slots[1 + index]
        arrays[path + "/velocity"] = slots[1 + count + index]
    np.savez(os.path.join(folder, "keras23.npz"), **arrays)


if __name__ == "__main__":
    assert keras.__version__.startswith(("2.0.", "2.1.", "2.2.", "2.3.")), keras.__version__
    main(sys.argv[1] if len(sys.argv) > 1 else FOLDER)

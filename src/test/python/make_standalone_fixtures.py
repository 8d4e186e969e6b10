"""Writes the fixtures of standalone Keras to src/test/resources/keras/files, for the reader of Java.

Usage: python make_standalone_fixtures.py [FOLDER]

With keras 2.3 it writes keras23.* (made with Python 3.7, keras 2.3.1, tensorflow 1.15.5, h5py
2.10.0), and with an older keras keras21.* (made with Python 3.6, keras 2.1.6, tensorflow 1.8.0, h5py
2.10.0). Their Adam numbers its variables instead of naming them after the weights: first all
momenta, then all velocities, then a placeholder for each weight that only AMSGrad uses. Before
Keras 2.2.3, a Sequential is described by a list, also within another model, and only the layer of
that model has its name; keras21 is such a model. The .npz holds Adam's variables by our paths, an
input, and the output.
"""

import os
import sys

import keras
import numpy as np
from keras import layers
from keras.models import Model, Sequential
from keras.optimizers import Adam

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(os.path.dirname(HERE), "resources", "keras", "files")
NAME = "keras23" if keras.__version__.startswith("2.3.") else "keras21"


def discriminator():
    model = Sequential()
    model.add(layers.Conv2D(2, (5, 5), strides=(2, 2), padding="same", input_shape=(8, 8, 1)))
    model.add(layers.LeakyReLU(0.2))
    model.add(layers.BatchNormalization())
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    if NAME == "keras23":
        return model
    images = layers.Input(shape=(8, 8, 1))
    return Model(images, model(images))


def main(folder):
    np.random.seed(7)
    model = discriminator()
    images = np.linspace(-1, 1, 256, dtype="f4").reshape(4, 8, 8, 1)
    model.compile(loss="binary_crossentropy", optimizer=Adam(2e-4, beta_1=0.5))
    model.train_on_batch(images, np.array([[1], [0], [1], [0]]))
    model.save(os.path.join(folder, NAME + ".h5"))
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
    np.savez(os.path.join(folder, NAME + ".npz"), **arrays)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else FOLDER)

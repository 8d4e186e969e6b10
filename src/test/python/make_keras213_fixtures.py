"""Writes the fixtures of Keras 2 to src/test/resources/keras/files, for the readers of Java.

Usage: python make_keras213_fixtures.py [FOLDER]

With keras 2.13 or 2.14 (made with tensorflow-cpu 2.13.1, keras 2.13.1) it writes keras213.*, and
with tf-keras (made with 2.18.0) tf-keras.*. The model has several layers of a class, since Keras
2.13 counts them in its own way, and was trained for a step. The .npz holds its weights and Adam's
variables by our paths, an input, and the images.
"""

import pathlib
import sys

try:
    import tf_keras as keras

    NAME = "tf-keras"
except ImportError:
    import keras

    NAME = "keras213"
import numpy as np

layers = keras.layers

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "keras" / "files"


def generator():
    return keras.Sequential(
        [
            layers.Dense(8, input_shape=(3,)),
            layers.LeakyReLU(0.2),
            layers.Reshape((2, 2, 2)),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(3, (3, 3), strides=(2, 2), padding="same"),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(2, (3, 3), padding="same"),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding="same", activation="tanh"),
        ]
    )


def main(folder):
    keras.utils.set_random_seed(7)
    model = generator()
    noise = np.random.normal(size=(4, 3)).astype("f4")
    for variable in model.weights:
        value = variable.numpy()
        variable.assign(value + np.linspace(0.01, 0.02, value.size).reshape(value.shape))
    adam = keras.optimizers.Adam(2e-4, beta_1=0.5)
    model.compile(loss="binary_crossentropy", optimizer=adam)
    model.train_on_batch(noise, np.random.uniform(size=(4, 8, 8, 1)))
    model.save(folder / f"{NAME}.keras")
    model.save_weights(folder / f"{NAME}.weights.h5")
    if NAME == "keras213":
        model.save_weights(folder / f"{NAME}-weights-alone.h5")
    arrays = {"generator/" + weight.name.removesuffix(":0"): weight.numpy() for weight in model.weights}
    arrays["optimizer/generator/iteration"] = np.array(adam.iterations, "<i8")
    arrays["optimizer/generator/learning_rate"] = np.array(adam.learning_rate, "f4")
    for index, variable in enumerate(model.trainable_variables):
        path = f"optimizer/generator/{variable.name.removesuffix(':0')}/"
        arrays[path + "momentum"] = adam._momentums[index].numpy()
        arrays[path + "velocity"] = adam._velocities[index].numpy()
    arrays |= {"input": noise, "output": model.predict(noise, verbose=0)}
    np.savez(folder / f"{NAME}.npz", **arrays)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""The Python side of the round trips Keras -> Java -> Keras.

usage: check_keras_files.py make FOLDER    saves Keras models, trained for one step, in every format
       check_keras_files.py check FOLDER   checks the files that Java made from them, in FOLDER/java

`make` also writes the arrays of the models to FOLDER/expected, for check_arrays.py. With
KERAS=tf_keras, Keras 2 makes them, and only as legacy .h5. `check` treats any warning while loading
a file as an error; for .h5, any warning that Keras's own file does not cause. Prints one line per
file. The exit code is 1 if a file fails.
"""

import collections
import importlib

import logging
import os
import pathlib
import re
import sys
import traceback
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np

keras = importlib.import_module(os.environ.get("KERAS", "keras"))
layers = keras.layers

KERNEL = (5, 5)
NETWORKS = ["upsampling", "transposed", "discriminator"]
IS_KERAS_2 = keras.__version__.startswith("2.")
ENDINGS = [".h5"] if IS_KERAS_2 else [".keras", ".weights.h5", ".h5"]


def noisy(model):
    for variable in model.weights:
        value = np.array(variable)
        variable.assign(value + np.random.normal(size=value.shape).astype("f4") * 0.01)
    return model


def build(network):
    """The notebook's models, written independently of tools/notebook.py."""
    if network == "discriminator":
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(64, KERNEL, strides=(2, 2), padding="same"),
                layers.LeakyReLU(0.2),
                layers.Conv2D(128, KERNEL, strides=(2, 2), padding="same"),
                layers.LeakyReLU(0.2),
                layers.Flatten(),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
    if network == "upsampling":
        tail = [
            layers.UpSampling2D(),
            layers.Conv2D(64, KERNEL, padding="same"),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.UpSampling2D(),
            layers.Conv2D(1, KERNEL, padding="same", activation="tanh"),
        ]
    else:
        tail = [
            layers.Conv2DTranspose(64, KERNEL, strides=(2, 2), padding="same"),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(1, KERNEL, strides=(2, 2), padding="same", activation="tanh"),
        ]
    head = [
        keras.Input((100,)),
        layers.Dense(7 * 7 * 128),
        layers.Reshape((7, 7, 128)),
        layers.LeakyReLU(0.2),
        layers.BatchNormalization(),
    ]
    return keras.Sequential(head + tail)


def step(model):
    keras.utils.set_random_seed(3)
    x = np.random.normal(size=(8, *model.input_shape[1:])).astype("f4")
    y = np.random.uniform(size=(8, *model.output_shape[1:])).astype("f4")
    return model.train_on_batch(x, y)


def compiled(model):
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5),
        jit_compile=False,
    )
    return model


def make(folder):
    (folder / "expected").mkdir()
    for network in NETWORKS:
        keras.utils.set_random_seed(1)
        model = compiled(noisy(build(network)))
        step(model)
        np.savez(folder / "expected" / f"{network}.npz", **held(model, network))
        for ending in ENDINGS:
            if ending == ".weights.h5":
                model.save_weights(folder / (network + ending))
            else:
                model.save(folder / (network + ending))


def held(model, network):
    """The arrays of a Keras model by our paths, in which layers are numbered within the model."""
    role = "discriminator" if network == "discriminator" else "generator"
    paths, counts = {}, collections.Counter()
    for layer in model.layers:
        kind = re.sub(r"_\d+$", "", layer.name)
        name = f"{kind}_{counts[kind]}" if counts[kind] else kind
        counts[kind] += 1
        for weight in layer.weights:
            last = weight.name.split("/")[-1].removesuffix(":0")
            paths[id(weight)] = f"{role}/{name}/{last}"
    arrays = {paths[id(weight)]: np.array(weight) for weight in model.weights}
    adam = model.optimizer
    arrays[f"optimizer/{role}/iteration"] = np.array(adam.iterations, "<i8")
    arrays[f"optimizer/{role}/learning_rate"] = np.array(adam.learning_rate)
    for weight, m, v in zip(model.trainable_variables, adam._momentums, adam._velocities):
        arrays[f"optimizer/{paths[id(weight)]}/momentum"] = np.array(m)
        arrays[f"optimizer/{paths[id(weight)]}/velocity"] = np.array(v)
    return arrays


def same(name, expected, received):
    assert len(expected) == len(received), f"{name}: {len(expected)} and {len(received)}"
    for index, (one, other) in enumerate(zip(expected, received)):
        one, other = np.array(one), np.array(other)
        assert one.dtype == other.dtype, f"{name} {index}: {one.dtype} and {other.dtype}"
        assert one.tobytes() == other.tobytes(), f"{name} {index} differs"


def load(path, network, slots):
    if path.name.endswith(".weights.h5"):
        model = compiled(build(network))
        if slots:
            model.optimizer.build(model.trainable_variables)
        model.load_weights(path)
        return model
    return keras.saving.load_model(path, compile=slots)


def saved_slots(path):
    with h5py.File(path) as file:
        group = file["optimizer_weights"]
        return [group[name][()] for name in group.attrs["weight_names"]]


class Messages(logging.Handler):
    """Collects warnings, raised or logged, while a file is loaded."""

    LOGGERS = [logging.getLogger(name) for name in ["absl", "tensorflow", None]]

    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = set()

    def emit(self, record):
        self.texts.add(record.getMessage())

    def of(self, *arguments):
        for logger in self.LOGGERS:
            logger.addHandler(self)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                model = load(*arguments)
        finally:
            for logger in self.LOGGERS:
                logger.removeHandler(self)
        self.texts |= {str(warning.message) for warning in caught}
        return model


def check(path, network, slots):
    ending = next(ending for ending in ENDINGS if path.name.endswith(ending))
    usual, ours = Messages(), Messages()
    original = usual.of(path.parents[1] / (network + ending), network, True)
    model = ours.of(path, network, slots)
    # Keras warns about every .h5 that its compiled metrics are not built yet.
    allowed = usual.texts if ending == ".h5" else set()
    assert ours.texts <= allowed, ours.texts - allowed
    same("weights", original.get_weights(), model.get_weights())
    if ending == ".h5":
        # Keras 3 does not restore the slots of an .h5, not even its own, so both start a new Adam.
        same("slots", saved_slots(path.parents[1] / (network + ending)), saved_slots(path))
        original, model = compiled(original), compiled(model)
    if slots:
        if ending != ".h5":
            same("slots", original.optimizer.variables, model.optimizer.variables)
        losses = step(original), step(model)
        same("losses", losses[:1], losses[1:])
        same("weights after a step", original.get_weights(), model.get_weights())
    else:
        step(compiled(model))


def main(task, folder):
    if task == "make":
        return make(folder)
    failed = False
    files = sorted((folder / "java").iterdir())
    assert files, "no files"
    for path in files:
        # NETWORK.from.KIND[.plain].ENDING; "plain" means without an optimizer
        try:
            check(path, path.name.split(".")[0], ".plain." not in path.name)
            print("ok", path.name)
        except Exception:
            failed = True
            print("FAILED", path.name)
            traceback.print_exc(file=sys.stdout)
    sys.exit(failed)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))

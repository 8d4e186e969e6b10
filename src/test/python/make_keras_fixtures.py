"""Writes the fixtures of src/test/resources/keras/files with Keras, for the readers of Java.

Usage: python make_keras_fixtures.py [FOLDER]

Needs tensorflow, keras and h5py (made with 2.18.0, 3.15.1 and 3.16.0). If tf_keras (2.18.0) is
installed too, it also writes the file of Keras 2. The two models are small and were trained for one
step, so that no weight and no slot of Adam is zero. NAME.npz holds their weights by path, an input,
and the images that Keras computes for it.
"""

import os
import pathlib
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np
from keras import layers

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "keras" / "files"


def generator(api):
    layers = api.layers
    return api.Sequential(
        [
            api.Input((3,)),
            layers.Dense(8),
            layers.Reshape((2, 2, 2)),
            layers.LeakyReLU(0.2),
            layers.BatchNormalization(),
            layers.UpSampling2D(),
            layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding="same", activation="tanh"),
        ]
    )


def discriminator(api):
    layers = api.layers
    return api.Sequential(
        [
            api.Input((8, 8, 1)),
            layers.Conv2D(2, (5, 5), strides=(2, 2), padding="same"),
            layers.LeakyReLU(0.2),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def trained(api, model, x, y):
    model.compile(loss="binary_crossentropy", optimizer=api.optimizers.Adam(2e-4, beta_1=0.5))
    for variable in model.weights:
        value = np.array(variable)
        variable.assign(value + np.linspace(0.01, 0.02, value.size).reshape(value.shape))
    model.train_on_batch(x, y)
    return model


def expected(folder, name, model, x):
    """Our path: the model's role, then the rest of Keras's path after the model's name."""
    arrays = {
        name + "/" + variable.path.split("/", 1)[1]: np.array(variable)
        for variable in model.weights
    }
    slots = [np.array(variable) for variable in model.optimizer.variables]
    arrays[f"optimizer/{name}/iteration"] = slots[0].astype("<i8")
    arrays[f"optimizer/{name}/learning_rate"] = slots[1]
    for index, variable in enumerate(model.trainable_variables):
        path = f"optimizer/{name}/" + variable.path.split("/", 1)[1]
        arrays[path + "/momentum"] = slots[2 + 2 * index]
        arrays[path + "/velocity"] = slots[3 + 2 * index]
    arrays["input"] = x
    arrays["output"] = model.predict(x, verbose=0)
    np.savez(folder / f"{name}.npz", **arrays)


def copy(source, target, change):
    """The data sets of the layers, without the optimizer."""

    def visit(name, node):
        if isinstance(node, h5py.Dataset) and name.startswith("layers"):
            change(target, name, node[()])

    with h5py.File(source) as file:
        file.visititems(visit)


def plain(target, name, value):
    target[name] = value


def unusual(target, name, value):
    target.create_dataset(name, data=value.astype(">f8"), chunks=True, compression="gzip")


def other_forms(folder, weights):
    """Files that Keras reads but does not write, and files that it would reject or misread."""
    with h5py.File(folder / "chunked.weights.h5", "w") as file:
        copy(weights, file, unusual)
    for name in ["missing", "extra", "misshapen", "linked", "text", "lying", "nan"]:
        with h5py.File(folder / f"{name}.weights.h5", "w") as file:
            copy(weights, file, plain)
            group = file["layers/conv2d/vars"]
            if name == "extra":
                group["2"] = np.zeros(3, "f4")
                continue
            value = group["1"][()]
            del group["1"]
            if name == "misshapen":
                group["1"] = value[:-1]
            elif name == "linked":
                group["1"] = h5py.SoftLink("/layers/conv2d/vars/0")
            elif name == "text":
                group["1"] = "a text"
            elif name == "lying":
                # Declares 2^40 numbers and stores none of them.
                group.create_dataset("1", (1 << 20, 1 << 20), "f4", chunks=(1024, 1024))
            elif name == "nan":
                group["1"] = np.array([np.nan, -np.inf], "f4")
    with h5py.File(folder / "circle.weights.h5", "w") as file:
        file["layers/dense/circle"] = file.create_group("layers")


def half(folder, weights):
    """Numbers stored as float16; the .npz has them as float32, by our paths."""
    arrays = {}

    def rounded(target, name, value):
        target[name] = value.astype("f2")
        _, layer, _, index = name.split("/")
        arrays[f"discriminator/{layer}/{['kernel', 'bias'][int(index)]}"] = target[name][()].astype("f4")

    with h5py.File(folder / "half.weights.h5", "w") as file:
        copy(weights, file, rounded)
    np.savez(folder / "half.npz", **arrays)


def other_models(folder):
    keras.Sequential([keras.Input((3,)), keras.Sequential([layers.Dense(2)])]).save(
        folder / "stacked.keras"
    )
    x = keras.Input((3,))
    keras.Model(x, layers.Dense(2)(x)).save(folder / "functional.keras")


def frozen(folder, x):
    """The first layer is frozen, so Adam has no slots for it; the .npz holds the images."""
    keras.utils.clear_session()
    model = generator(keras)
    model.layers[0].trainable = False
    trained(keras, model, x, np.full((len(x), 8, 8, 1), 0.5))
    model.save(folder / "frozen.keras")
    model.save(folder / "frozen.h5")
    np.savez(folder / "frozen.npz", input=x, output=model.predict(x, verbose=0))


def keras_2(folder, x):
    try:
        import tf_keras
    except ImportError:
        return
    model = generator(tf_keras)
    for weight in model.weights:
        weight.assign(np.linspace(0.1, 0.9, weight.shape.num_elements()).reshape(weight.shape))
    model.save(folder / "keras2.h5")
    np.savez(folder / "keras2.npz", input=x, output=model.predict(x, verbose=0))
    # Up to 2.10 all momenta come before all velocities; later they alternate.
    adams = {"turns": tf_keras.optimizers.Adam, "momenta": tf_keras.optimizers.legacy.Adam}
    for name, adam in adams.items():
        tf_keras.backend.clear_session()
        images = np.linspace(-1, 1, 128, dtype="f4").reshape(2, 8, 8, 1)
        model = discriminator(tf_keras)
        model.compile(loss="binary_crossentropy", optimizer=adam(2e-4, beta_1=0.5))
        model.train_on_batch(images, np.ones((2, 1)))
        model.save(folder / f"keras2-{name}.h5")
        np.savez(folder / f"keras2-{name}.npz", **slots_of_keras_2(model, name == "turns"))


def slots_of_keras_2(model, turns):
    """The variables of the optimizer, by our paths."""
    adam = model.optimizer
    arrays = {"optimizer/discriminator/iteration": np.array(adam.iterations, "<i8")}
    for index, variable in enumerate(model.trainable_variables):
        path = f"optimizer/discriminator/{variable.name.removesuffix(':0')}/"
        m = adam._momentums[index] if turns else adam.get_slot(variable, "m")
        v = adam._velocities[index] if turns else adam.get_slot(variable, "v")
        arrays |= {path + "momentum": np.array(m), path + "velocity": np.array(v)}
    return arrays


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(7)
    noise = np.random.normal(size=(4, 3)).astype("f4")
    images = np.random.normal(size=(4, 8, 8, 1)).astype("f4")
    models = {}
    for name, build, x, y in [
        ("generator", generator, noise, np.random.uniform(size=(4, 8, 8, 1))),
        ("discriminator", discriminator, images, np.ones((4, 1))),
    ]:
        # Layers are counted from the first again, as in a separate model.
        keras.utils.clear_session()
        model = models[name] = trained(keras, build(keras), x, y)
        model.save(folder / f"{name}.keras")
        expected(folder, name, model, x)
    model = models["generator"]
    model.save(folder / "generator.h5")
    model.save_weights(folder / "generator.weights.h5")
    with tempfile.TemporaryDirectory() as temporary:
        weights = pathlib.Path(temporary) / "discriminator.weights.h5"
        models["discriminator"].save_weights(weights)
        other_forms(folder, weights)
        half(folder, weights)
    other_models(folder)
    frozen(folder, noise)
    keras_2(folder, noise)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

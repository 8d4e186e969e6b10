"""Writes values computed by Keras for the tests of layers, models and training.

Run from the repository root, with tools/requirements.txt installed:

    python src/test/python/make_model_fixtures.py

Under src/test/resources/keras:

- layers.npz: for each case the input `x`, the weights `weight/<name>`, the output `y`, a random
  gradient `dy` of a loss with respect to it, and the gradients `dx` and `gradient/<name>`; after
  training also `state/<name>`. Weights differ from their initial values and along every axis, so
  that a transposition shows.
- adam.npz: gradients given to keras.optimizers.Adam, and variable, m and v after every update.
- crossentropy.npz: logits, a label, the loss that test_on_batch returns, and its gradient.
- names.json: snake-case names, the order of weights, initial values, numbers as "%.9g", and the
  settings of the layers in the notebook's models.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

sys.path.insert(0, "tools")
import notebook  # first: it sets TensorFlow's log level

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from keras.src.utils.naming import to_snake_case

OUTPUT = Path("src/test/resources/keras")
RANDOM = np.random.RandomState(20)


def asymmetric(shape):
    """Values that differ everywhere: a ramp about zero with noise on it."""
    size = int(np.prod(shape))
    ramp = np.linspace(-1, 1, size) if size > 1 else np.full(1, 0.7)
    return (ramp + RANDOM.uniform(-0.4, 0.4, size)).reshape(shape).astype("float32")


def away_from_zero(shape):
    """Values too far from 0 for rounding to cross LeakyReLU's kink."""
    values = RANDOM.uniform(0.1, 1.5, shape) * RANDOM.choice([-1, 1], shape)
    return values.astype("float32")


def initial_weights(model):
    """Gives each weight a value of its own; variances and scales stay positive."""
    for layer in model.layers:
        for weight in layer.weights:
            value = asymmetric(weight.shape)
            positive = weight.name in ("gamma", "moving_variance")
            weight.assign(np.abs(value) + 0.3 if positive else value)


def layer_case(name, input_shape, *stack, batch=3, training=False):
    """Applies layers to an input and differentiates sum(y * dy)."""
    model = keras.Sequential([keras.Input(input_shape), *stack])
    initial_weights(model)
    arrays = {"x": away_from_zero((batch, *input_shape))}
    paths = {}
    for layer in stack:
        for weight in layer.weights:
            paths[id(weight)] = weight.name if len(stack) == 1 else f"{layer.name}/{weight.name}"
            arrays[f"weight/{paths[id(weight)]}"] = weight.numpy()
    x = tf.constant(arrays["x"])
    trainable = model.trainable_weights
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=training)
        dy = asymmetric(y.shape)
        loss = tf.reduce_sum(y * dy)
    dx, *gradients = tape.gradient(loss, [x, *(weight.value for weight in trainable)])
    arrays.update(y=y.numpy(), dy=dy, dx=dx.numpy())
    for weight, gradient in zip(trainable, gradients):
        arrays[f"gradient/{paths[id(weight)]}"] = gradient.numpy()
    if training:
        for weight in model.non_trainable_weights:
            arrays[f"state/{paths[id(weight)]}"] = weight.numpy()
    return {f"{name}/{key}": np.ascontiguousarray(value) for key, value in arrays.items()}


def convolution(layer_class, filters, size, strides=1, **settings):
    return layer_class(filters, size, strides=strides, padding="same", **settings)


def generator_like():
    """The upsampling generator in small: all its layers, in its order."""
    model = keras.Sequential([keras.Input((4,))], name="small")
    for layer_class, arguments, settings in (
        (layers.Dense, [2 * 3 * 3], {}),
        (layers.Reshape, [(2, 3, 3)], {}),
        (layers.LeakyReLU, [0.2], {}),
        (layers.BatchNormalization, [], {}),
        (layers.UpSampling2D, [], {}),
        (layers.Conv2D, [2, 5], {"padding": "same"}),
        (layers.LeakyReLU, [0.2], {}),
        (layers.BatchNormalization, [], {}),
        (layers.UpSampling2D, [], {}),
        (layers.Conv2D, [1, 5], {"padding": "same", "activation": "tanh"}),
    ):
        notebook._add(model, layer_class, *arguments, **settings)
    return model.layers


def layer_fixtures():
    conv, transpose = layers.Conv2D, layers.Conv2DTranspose
    cases = {}
    for training in (False, True):
        mode = "training" if training else "inference"
        for name, shape, stack in (
            ("dense", (5,), [layers.Dense(3)]),
            ("dense_tanh", (5,), [layers.Dense(3, activation="tanh")]),
            ("dense_one_sigmoid", (5,), [layers.Dense(1, activation="sigmoid")]),
            ("reshape", (12,), [layers.Reshape((2, 3, 2))]),
            ("flatten", (2, 3, 4), [layers.Flatten()]),
            ("leaky_re_lu", (2, 3, 4), [layers.LeakyReLU(0.2)]),
            ("activation_tanh", (6,), [layers.Activation("tanh")]),
            ("activation_sigmoid", (6,), [layers.Activation("sigmoid")]),
            ("activation_linear", (6,), [layers.Activation("linear")]),
            ("batch_normalization", (4, 3, 2), [layers.BatchNormalization()]),
            ("batch_normalization_other", (2, 3, 4), [layers.BatchNormalization(momentum=0.9, epsilon=0.05)]),
            ("up_sampling2d", (3, 2, 4), [layers.UpSampling2D()]),
            ("up_sampling2d_3", (2, 3, 2), [layers.UpSampling2D(3)]),
            ("conv2d", (5, 6, 2), [convolution(conv, 3, 5)]),
            ("conv2d_strides", (5, 6, 2), [convolution(conv, 3, 5, 2)]),
            ("conv2d_strides_even", (6, 5, 3), [convolution(conv, 2, 3, 2)]),
            ("conv2d_one_tanh", (4, 5, 2), [convolution(conv, 1, 3, activation="tanh")]),
            ("conv2d_transpose", (3, 4, 2), [convolution(transpose, 3, 5)]),
            ("conv2d_transpose_strides", (3, 4, 2), [convolution(transpose, 3, 5, 2)]),
            ("conv2d_transpose_one_tanh", (3, 2, 2), [convolution(transpose, 1, 5, 2, activation="tanh")]),
            ("generator_like", (4,), generator_like()),
        ):
            batch = 1 if name == "conv2d_strides_even" else 3
            key = f"{mode}/{name}"
            cases.update(layer_case(key, shape, *stack, batch=batch, training=training))
    return cases


def adam_fixtures():
    """Six updates with gradients of very different sizes, from two places in a training."""
    scales = np.float32([1, 1e-3, 30, 1e-8, 1e-4, 0.5])
    arrays = {}
    for name, rate, beta_1, done in (("notebook", 2e-4, 0.5, 0), ("defaults_late", 1e-3, 0.9, 2500)):
        weight = keras.Variable(asymmetric((2, 3)), name="weight")
        optimizer = keras.optimizers.Adam(learning_rate=rate, beta_1=beta_1)
        optimizer.build([weight])
        optimizer.iterations.assign(done)
        arrays[f"{name}/initial"] = weight.numpy()
        for step, scale in enumerate(scales):
            gradient = asymmetric((2, 3)) * scale
            optimizer.apply([tf.constant(gradient)], [weight])
            arrays[f"{name}/{step}/gradient"] = gradient
            arrays[f"{name}/{step}/weight"] = weight.numpy()
            arrays[f"{name}/{step}/momentum"] = optimizer._momentums[0].numpy()
            arrays[f"{name}/{step}/velocity"] = optimizer._velocities[0].numpy()
    return arrays


def crossentropy_fixtures():
    """The loss of a sigmoid layer and its gradient by the logits; 7 samples, so that 1/N rounds."""
    batches = {
        "ordinary": [-2.5, -0.3, 0.7, 1.9, 0.05, -0.6, 3.1],
        "extreme": [-90, -20, -16.5, 0, 16.5, 20, 90],
        "one_certain": [20],
    }
    model = keras.Sequential([keras.Input((1,)), layers.Activation("sigmoid")])
    model.compile(loss="binary_crossentropy", jit_compile=False)
    loss_function = keras.losses.BinaryCrossentropy()

    @tf.function(jit_compile=False)
    def gradient(x, y):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = loss_function(y, model(x, training=True))
        return tape.gradient(loss, x)

    arrays = {}
    for name, values in batches.items():
        logits = np.float32(values).reshape(-1, 1)
        arrays[f"{name}/logits"] = logits
        for label in (0, 0.9, 1):
            labels = np.full_like(logits, label)
            arrays[f"{name}/{label}/loss"] = np.float32(model.test_on_batch(logits, labels))
            arrays[f"{name}/{label}/gradient"] = gradient(tf.constant(logits), tf.constant(labels)).numpy()
    return arrays


def initial_values():
    """The kernels that the notebook's models get after set_random_seed(42)."""
    keras.utils.set_random_seed(42)
    kernels = []
    for model in (notebook.build_generator(), notebook.build_discriminator()):
        for layer in model.layers:
            for weight in layer.weights:
                if weight.name == "kernel":
                    values = weight.numpy()
                    kernels.append({
                        "path": f"{model.name}/{layer.name}/kernel",
                        "seed": layer.kernel_initializer.seed,
                        "shape": list(values.shape),
                        "first": [float(value) for value in values.ravel()[:4]],
                        "sha256": hashlib.sha256(values.astype("<f4").tobytes()).hexdigest(),
                    })
    return kernels


def digits():
    """float32 values as bits, and as formatted by C's printf."""
    special = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 100.0, 1e-4, 9.9999e-5, 1e-5, 1.5e-5, 123456789.5,
               999999999.0, 1e9, 1.5e10, 3.4028235e38, 1.17549435e-38, 1e-40, 1e-45, 0.69314718,
               2 / 3, 1 / 3, 0.99999999, 16777217.0, float("inf"), float("-inf"), float("nan")]
    bits = RANDOM.randint(0, 2**31, 200)
    floats = [struct.unpack("<f", struct.pack("<I", int(value)))[0] for value in bits]
    # Doubles too: exact halves of the ninth digit show how ties round.
    ties = [1.000000005, 0.1234567885, 1234567.125, 12345678.25, 12345678.75, 123456788.5, 1e100, 1e-100]
    return [{"value": value.hex(), "text": "%.9g" % value} for value in special + floats + ties]


def described(layer):
    """A layer's class and arguments, as one line."""
    config = layer.get_config()
    known = ("units", "target_shape", "negative_slope", "momentum", "epsilon", "size", "filters",
             "kernel_size", "strides", "padding", "activation")
    settings = [f"{name}={config[name]}" for name in known if name in config]
    return " ".join([type(layer).__name__, *settings])


def names():
    models = {variant: notebook.build_generator(variant) for variant in notebook.VARIANTS}
    models["discriminator"] = notebook.build_discriminator()
    classes = ("Activation", "BatchNormalization", "Conv2D", "Conv2DTranspose", "Dense", "Flatten",
               "LeakyReLU", "Reshape", "UpSampling2D")
    return {
        "made_by": f"Keras {keras.__version__}, TensorFlow {tf.__version__}, NumPy {np.__version__}",
        "snake_case": {name: to_snake_case(name) for name in classes},
        "weights": {
            name: [{"path": path, "shape": list(value.shape)}
                   for path, value in notebook.weights(model).items()]
            for name, model in models.items()
        },
        "trainable": {
            name: [f"{model.name}/{layer.name}/{weight.name}"
                   for layer in model.layers for weight in layer.trainable_weights]
            for name, model in models.items()
        },
        "layers": {name: [described(layer) for layer in model.layers]
                   for name, model in models.items()},
        "initial": initial_values(),
        "digits": digits(),
    }


def main():
    np.savez_compressed(OUTPUT / "layers.npz", **layer_fixtures())
    np.savez_compressed(OUTPUT / "adam.npz", **adam_fixtures())
    np.savez_compressed(OUTPUT / "crossentropy.npz", **crossentropy_fixtures())
    with open(OUTPUT / "names.json", "w", newline="\n") as file:
        json.dump(names(), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()

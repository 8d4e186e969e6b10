"""Writes Keras's descriptions and results of layers, for LayerFixturesTest.

Run from the repository root, with tools/requirements.txt installed:

    python src/test/python/make_layer_fixtures.py

Under src/test/resources/keras:

- layer-configs.json: for each case Keras's config of a model, and a fault: a text of that config and
  another in its place, with which the results have to be different.
- layer-results.npz: for each case and mode `<case>/<mode>/`: the input `x`, each weight and seed
  `weight/<path>`, the output `y`, a made gradient `dy` of a loss by it, the gradients `dx` and
  `gradient/<path>`, and after training each weight that is not trained, `state/<path>`.
- files/chain-NAME.keras, and .h5 for some: generators that are not a plain Sequential, and
  files/chain-NAME.npz with an input and Keras's output for it.
"""

import json
import os
import re
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

OUTPUT = Path("src/test/resources/keras")
RANDOM = np.random.RandomState(21)


def asymmetric(shape):
    """Values that differ everywhere: a ramp about zero with noise on it."""
    size = int(np.prod(shape))
    ramp = np.linspace(-1, 1, size) if size > 1 else np.full(1, 0.7)
    return (ramp + RANDOM.uniform(-0.4, 0.4, size)).reshape(shape).astype("float32")


def away_from_zero(shape):
    """Values too far from 0 for rounding to cross the kink."""
    values = RANDOM.uniform(0.1, 1.5, shape) * RANDOM.choice([-1, 1], shape)
    return values.astype("float32")


def weights(model):
    """The weights and the seeds of random layers, by path without the model's name."""
    found = {}
    for layer in model.layers:
        for weight in layer.variables:
            found[f"{layer.name}/{weight.name}"] = weight
    return found


def initial_weights(model):
    for path, weight in weights(model).items():
        if path.endswith("seed_generator_state"):
            weight.assign([123456789, 7])
            continue
        value = asymmetric(weight.shape)
        positive = weight.name in ("gamma", "moving_variance")
        weight.assign(np.abs(value) + 0.3 if positive else value)


def results(model, training):
    """Applies the model and differentiates sum(y * dy)."""
    initial_weights(model)
    arrays = {"x": away_from_zero((3, *model.input_shape[1:]))}
    for path, weight in weights(model).items():
        arrays[f"weight/{path}"] = weight.numpy()
    x = tf.constant(arrays["x"])
    trainable = {path: weight for path, weight in weights(model).items() if weight.trainable}
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=training)
        dy = asymmetric(y.shape)
        loss = tf.reduce_sum(y * dy)
    dx, *gradients = tape.gradient(loss, [x, *(weight.value for weight in trainable.values())])
    arrays.update(y=y.numpy(), dy=dy, dx=dx.numpy())
    for path, gradient in zip(trainable, gradients):
        arrays[f"gradient/{path}"] = gradient.numpy()
    if training:
        frozen = {layer.name for layer in model.layers if not layer.trainable}
        for path, weight in weights(model).items():
            layer, name = path.split("/")
            if not weight.trainable and (layer not in frozen or name == "seed_generator_state"):
                arrays[f"state/{path}"] = weight.numpy()
    return arrays


ACTIVATIONS = ("linear", "tanh", "sigmoid", "relu", "relu6", "leaky_relu", "elu", "selu", "softplus",
               "exponential", "silu", "hard_sigmoid", "hard_silu", "hard_tanh", "gelu", "mish",
               "softsign", "tanh_shrink", "log_sigmoid", "softmax", "log_softmax")


def cases():
    """Name, shape of the input, layers, fault."""
    conv, transpose = layers.Conv2D, layers.Conv2DTranspose
    bias = ('"use_bias": false', '"use_bias": true')
    valid = ('"padding": "valid"', '"padding": "same"')
    yield "dense_no_bias", (5,), [layers.Dense(3, use_bias=False)], bias
    yield "conv_no_bias", (5, 6, 2), [conv(3, 3, padding="same", use_bias=False)], bias
    yield "conv_one_no_bias", (5, 6, 2), [conv(1, 3, padding="same", use_bias=False)], bias
    yield "conv_strided_no_bias", (6, 6, 1), [conv(3, 5, 2, padding="same", use_bias=False)], bias
    yield "conv_valid", (5, 6, 2), [conv(3, 3)], valid
    yield "conv_valid_strides", (7, 6, 2), [conv(3, 3, strides=2)], valid
    yield "conv_rectangle", (5, 6, 2), [conv(3, (3, 5), padding="same")], ("[3, 5]", "[5, 3]")
    yield "conv_rectangle_strides", (6, 7, 2), [conv(2, (2, 3), strides=(1, 2), padding="same")], ("[1, 2]", "[2, 1]")
    yield "conv_rectangle_valid", (6, 7, 2), [conv(2, (2, 3), strides=(3, 2))], valid
    yield "conv_dilated", (7, 6, 2), [conv(3, 3, padding="same", dilation_rate=2)], ('"dilation_rate": [2, 2]', '"dilation_rate": [1, 1]')
    yield "conv_dilated_valid", (8, 9, 2), [conv(3, (3, 2), dilation_rate=(2, 3))], ('"dilation_rate": [2, 3]', '"dilation_rate": [3, 2]')
    yield "transpose_no_bias", (3, 4, 2), [transpose(3, 5, 2, padding="same", use_bias=False)], bias
    yield "transpose_one_no_bias", (3, 4, 2), [transpose(1, 5, 2, padding="same", use_bias=False)], bias
    yield "transpose_valid", (3, 4, 2), [transpose(3, 5, 2)], valid
    yield "transpose_valid_gaps", (3, 4, 2), [transpose(2, 2, 3)], ('"strides": [3, 3]', '"strides": [2, 2]')
    yield "transpose_padded", (3, 4, 2), [transpose(2, 3, 2, padding="same", output_padding=1)], ('"output_padding": [1, 1]', '"output_padding": [1, 0]')
    yield "transpose_padded_valid", (3, 4, 2), [transpose(2, 3, (2, 3), output_padding=(1, 2))], ('"output_padding": [1, 2]', '"output_padding": [1, 0]')
    yield "transpose_even", (3, 4, 2), [transpose(2, 4, 2, padding="same")], ('[4, 4]', '[3, 3]')
    yield "transpose_rectangle", (3, 4, 2), [transpose(2, (3, 4), strides=(1, 2), padding="same")], ("[1, 2]", "[2, 1]")
    epsilon = ('"epsilon": 0.001', '"epsilon": 0.00001')
    yield "norm_vector", (5,), [layers.BatchNormalization()], epsilon
    yield "norm_vector_axis", (5,), [layers.BatchNormalization(axis=1)], epsilon
    yield "norm_vector_momentum", (5,), [layers.BatchNormalization(momentum=0.8)], epsilon
    yield "norm_image_axis", (3, 2, 4), [layers.BatchNormalization(axis=3)], epsilon
    for name in ACTIVATIONS:
        other = "tanh" if name != "tanh" else "sigmoid"
        shape = (2, 3, 4) if "softmax" in name else (6,)
        yield f"activation_{name}", shape, [layers.Activation(name)], (f'"activation": "{name}"', f'"activation": "{other}"')
        if name not in ("linear", "tanh", "sigmoid"):
            yield f"dense_{name}", (5,), [layers.Dense(4, activation=name)], (f'"activation": "{name}"', f'"activation": "{other}"')
    slope = ('"negative_slope": 0.', '"negative_slope": 1.')
    yield "relu", (2, 3, 4), [layers.ReLU()], slope
    yield "relu_max", (2, 3, 4), [layers.ReLU(0.8)], ('"max_value": 0.8', '"max_value": 0.7')
    yield "relu_six", (2, 3, 4), [layers.ReLU(6, 0.1)], slope
    yield "relu_slope", (2, 3, 4), [layers.ReLU(negative_slope=0.3)], slope
    yield "relu_threshold", (2, 3, 4), [layers.ReLU(threshold=0.5)], ('"threshold": 0.5', '"threshold": 0.0')
    yield "relu_all", (2, 3, 4), [layers.ReLU(0.9, 0.2, 0.4)], ('"threshold": 0.4', '"threshold": 0.0')
    yield "softmax", (2, 3, 4), [layers.Softmax()], ('"class_name": "Softmax"', '"class_name": "ReLU"')
    yield "elu", (2, 3, 4), [layers.ELU()], ('"alpha": 1.0', '"alpha": 0.5')
    yield "elu_alpha", (2, 3, 4), [layers.ELU(alpha=0.3)], ('"alpha": 0.3', '"alpha": 1.0')
    yield "leaky", (2, 3, 4), [layers.LeakyReLU(negative_slope=0.3)], ('"negative_slope": 0.3', '"negative_slope": 0.2')
    yield "reshape_open", (12,), [layers.Reshape((2, -1, 2))], ("[2, -1, 2]", "[3, 2, 2]")
    yield "flatten", (2, 3, 4), [layers.Flatten()], ('"class_name": "Flatten"', '"class_name": "GlobalMaxPooling2D"')
    sides = ('[[1, 2], [0, 3]]', '[[2, 1], [0, 3]]')
    yield "padding_one", (2, 3, 2), [layers.ZeroPadding2D(1)], ('[[1, 1], [1, 1]]', '[[1, 1], [2, 0]]')
    yield "padding_sides", (2, 3, 2), [layers.ZeroPadding2D(((1, 2), (0, 3)))], sides
    yield "cropping", (6, 7, 2), [layers.Cropping2D(((1, 2), (0, 3)))], sides
    yield "max_pooling", (4, 6, 2), [layers.MaxPooling2D()], ('"class_name": "MaxPooling2D"', '"class_name": "AveragePooling2D"')
    yield "max_pooling_same", (5, 6, 2), [layers.MaxPooling2D((3, 2), strides=(2, 1), padding="same")], ('"padding": "same"', '"padding": "valid"')
    yield "average_pooling", (4, 6, 2), [layers.AveragePooling2D(2)], ('"class_name": "AveragePooling2D"', '"class_name": "MaxPooling2D"')
    yield "average_pooling_same", (5, 6, 2), [layers.AveragePooling2D((3, 2), strides=(2, 1), padding="same")], ('"padding": "same"', '"padding": "valid"')
    yield "global_average", (3, 5, 2), [layers.GlobalAveragePooling2D()], ("GlobalAveragePooling2D", "GlobalMaxPooling2D")
    yield "global_average_kept", (3, 5, 2), [layers.GlobalAveragePooling2D(keepdims=True)], ('"keepdims": true', '"keepdims": false')
    yield "global_max", (3, 5, 2), [layers.GlobalMaxPooling2D()], ("GlobalMaxPooling2D", "GlobalAveragePooling2D")
    yield "global_max_kept", (3, 5, 2), [layers.GlobalMaxPooling2D(keepdims=True)], ('"keepdims": true', '"keepdims": false')
    yield "upsampling_rectangle", (2, 3, 2), [layers.UpSampling2D((2, 3))], ("[2, 3]", "[3, 2]")
    linear = ('"bilinear"', '"nearest"')
    yield "upsampling_bilinear", (3, 4, 2), [layers.UpSampling2D(interpolation="bilinear")], linear
    yield "upsampling_bilinear_rectangle", (3, 4, 2), [layers.UpSampling2D((3, 2), interpolation="bilinear")], linear
    yield "dropout", (40,), [layers.Dropout(0.3)], ('"rate": 0.3', '"rate": 0.5')
    yield "dropout_image", (3, 4, 2), [layers.Dropout(0.25), layers.Dropout(0.4)], ('"rate": 0.25', '"rate": 0.75')
    yield "gaussian_noise", (40,), [layers.GaussianNoise(0.2)], ('"stddev": 0.2', '"stddev": 0.1')
    yield "discriminator", (8, 8, 1), [
        conv(4, 3, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Dropout(0.25),
        conv(6, 3, strides=2, padding="same"),
        layers.ZeroPadding2D(((0, 1), (0, 1))),
        layers.BatchNormalization(momentum=0.8),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(1),
    ], ('"momentum": 0.8', '"momentum": 0.9')


def later_cases():
    """Cases that were added later: they draw after all others, whose numbers stay as they are."""
    yield "dense_image", (2, 3, 4), [layers.Dense(5, activation="tanh")], ('"tanh"', '"sigmoid"')
    yield "dense_matrix", (3, 4), [layers.Dense(1)], ('"use_bias": true', '"use_bias": false')
    yield "permute", (2, 3, 4), [layers.Permute((3, 1, 2)), layers.Flatten()], ("[3, 1, 2]", "[1, 3, 2]")
    yield "rescaling", (5,), [layers.Rescaling(0.5, -0.3)], ('"scale": 0.5', '"scale": 0.7')
    yield "rescaling_offset", (2, 3, 1), [layers.Rescaling(2.0, offset=1)], ('"offset": 1', '"offset": 0')
    yield "prelu", (2, 3, 4), [layers.PReLU()], ('"class_name": "PReLU"', '"class_name": "ReLU"')
    shared = [layers.PReLU(shared_axes=[1, 2]), layers.Dense(2)]
    yield "prelu_shared", (2, 3, 4), shared, ('"class_name": "PReLU"', '"class_name": "ELU"')
    yield "spatial_dropout", (3, 4, 40), [layers.SpatialDropout2D(0.3)], ('"rate": 0.3', '"rate": 0.5')


LATEST_ACTIVATIONS = ("celu", "hard_shrink", "soft_shrink", "squareplus", "sparse_plus",
                      "sparse_sigmoid")


def latest_cases():
    """Cases that draw after all of the others."""
    conv = layers.Conv2D
    depthwise, separable, norm = layers.DepthwiseConv2D, layers.SeparableConv2D, layers.LayerNormalization
    multiplier = ('"depth_multiplier": 2', '"depth_multiplier": 1')
    yield "depthwise", (5, 6, 2), [depthwise((3, 2), padding="same")], ('"padding": "same"', '"padding": "valid"')
    yield "depthwise_one", (5, 6, 1), [depthwise(3, use_bias=False)], ('"use_bias": false', '"use_bias": true')
    yield "depthwise_strides", (6, 7, 2), [depthwise(3, strides=2, depth_multiplier=2, activation="tanh")], multiplier
    yield "separable", (5, 6, 2), [separable(3, (2, 3), padding="same", activation="relu")], ('"relu"', '"tanh"')
    yield "separable_strides", (6, 7, 2), [separable(1, 3, strides=2, depth_multiplier=2, use_bias=False)], multiplier
    yield "layer_norm", (2, 3, 4), [norm()], ('"epsilon": 0.001', '"epsilon": 0.1')
    yield "layer_norm_vector", (5,), [norm(axis=1, center=False)], ('"center": false', '"center": true')
    yield "layer_norm_alone", (3, 5), [norm(center=False, scale=False)], ('"scale": false', '"scale": true')
    for name in LATEST_ACTIVATIONS:
        other = (f'"activation": "{name}"', '"activation": "tanh"')
        yield f"activation_{name}", (6,), [layers.Activation(name)], other
        yield f"dense_{name}", (5,), [layers.Dense(4, activation=name)], other
    frozen = ('"name": "batch_normalization", "trainable": false', '"name": "batch_normalization", "trainable": true')
    still = {"trainable": False}
    yield "frozen", (3, 4, 2), [
        conv(3, 3, padding="same", **still),
        layers.BatchNormalization(**still),
        layers.Dropout(0.3, **still),
        layers.PReLU(**still),
        conv(2, 3, use_bias=False),
        layers.BatchNormalization(),
    ], frozen


def block(filters, name=None):
    return keras.Sequential(
        [
            layers.Conv2DTranspose(filters, 3, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(negative_slope=0.2),
        ],
        name=name,
    )


def head():
    return [
        layers.Dense(2 * 2 * 3, kernel_regularizer="l2", bias_constraint="non_neg"),
        layers.Reshape((2, 2, 3)),
    ]


def tail():
    return layers.Conv2D(1, 3, padding="same", activation="tanh")


def functional(stack):
    x = y = keras.Input((5,))
    for layer in stack:
        y = layer(y)
    return keras.Model(x, y)


def chains():
    """Models that are chains of layers in another form."""
    yield "nested", keras.Sequential([keras.Input((5,)), *head(), block(4), block(2), tail()])
    yield "functional", functional([*head(), *block(4).layers, tail()])
    yield "functional-nested", functional([*head(), block(4), keras.Sequential([block(2), tail()])])
    inner = functional([*head(), block(4)])
    yield "nested-functional", keras.Sequential([inner, tail()])
    yield "activation-layers", keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(2 * 2 * 3, activation=layers.LeakyReLU(negative_slope=0.1)),
            layers.Identity(),
            layers.Reshape((2, 2, 3)),
            layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation=layers.ReLU(max_value=0.2)),
            tail(),
        ]
    )
    yield "pixels", keras.Sequential([keras.Input((5,)), layers.Dense(9, activation="tanh")])
    yield "no-channels", keras.Sequential([keras.Input((5,)), layers.Dense(6), layers.Reshape((3, 2))])
    unbuilt = keras.Sequential([*head(), block(2), tail()])
    unbuilt(np.zeros((7, 5), "float32"))
    yield "first-call", unbuilt


def later_chains():
    """Chains that were added later."""
    image = keras.Sequential([keras.Input((1, 1, 5)), layers.Conv2DTranspose(3, 4), tail()])
    yield "noise-image", image
    yield "policy", with_policy("mixed_bfloat16")
    yield "policy-float16", with_policy("float16")


def latest_chains():
    """Chains whose layers have names, flags and policies of their own, also as .h5."""
    x = keras.Input((5,), name="noise")
    y = layers.Dense(8, name="project", trainable=False, dtype="mixed_float16")(x)
    y = layers.BatchNormalization(name="norm", trainable=False)(y)
    y = layers.Reshape((2, 2, 2), name="image")(y)
    y = layers.Conv2D(1, 3, padding="same", activation="tanh", name="paint")(y)
    yield "named", keras.Model(x, y, name="painter")
    # Both inner models have layers with the same names.
    inner = [functional([layers.Dense(5, name="first"), layers.BatchNormalization(name="second")])]
    inner += [functional([layers.Dense(5, name="first", trainable=False), layers.BatchNormalization(name="second")])]
    inner[0].layers[2].trainable = False
    last = [layers.Dense(9, activation="tanh", name="first"), layers.Reshape((3, 3, 1))]
    yield "nested-frozen", keras.Sequential([keras.Input((5,)), *inner, *last])


def with_policy(policy):
    stack = [layers.Dense(8, dtype=policy), layers.Reshape((2, 2, 2), dtype=policy)]
    last = layers.Conv2D(1, 3, padding="same", activation="tanh", dtype=policy)
    return keras.Sequential([keras.Input((5,)), *stack, last])


def write_chains(folder, models, *other_endings):
    for name, model in models:
        initial_weights_of(model)
        noise = away_from_zero((4, *model.input_shape[1:]))
        for ending in (".keras", *other_endings):
            model.save(folder / f"chain-{name}{ending}")
        np.savez(folder / f"chain-{name}.npz", input=noise, output=np.float32(model.predict(noise, verbose=0)))


def initial_weights_of(model):
    for weight in model.weights:
        value = asymmetric(weight.shape)
        positive = weight.name in ("gamma", "moving_variance")
        weight.assign(np.abs(value) + 0.3 if positive else value)


def write_cases(cases, configs, arrays):
    for name, shape, stack, fault in cases:
        keras.utils.clear_session()
        fresh = [type(layer).from_config({**layer.get_config(), "name": None}) for layer in stack]
        model = keras.Sequential([keras.Input(shape), *fresh])
        config = json.dumps(json.loads(model.to_json()))
        assert fault[0] in config, (name, fault, config)
        if name == "softmax":
            fault = [config, config.replace(*fault).replace('"axis": -1', '"threshold": 0.0')]
        if "PReLU" in fault[0]:
            fault = [config, config.replace(*fault)]
            fault[1] = re.sub(r', "alpha_initializer".*?"shared_axes": (null|\[.*?\])', "", fault[1])
        configs[name] = {"config": config, "fault": list(fault)}
        for mode in ("inference", "training"):
            for key, value in results(model, mode == "training").items():
                arrays[f"{name}/{mode}/{key}"] = np.ascontiguousarray(value)


def main():
    write_chains(OUTPUT / "files", chains())
    configs, arrays = {}, {}
    write_cases(cases(), configs, arrays)
    write_chains(OUTPUT / "files", later_chains())
    write_cases(later_cases(), configs, arrays)
    write_cases(latest_cases(), configs, arrays)
    write_chains(OUTPUT / "files", latest_chains(), ".h5")
    small = keras.Sequential([keras.Input((2,)), layers.Dense(1, dtype="bfloat16")])
    small.save_weights(OUTPUT / "files" / "bfloat16.weights.h5")
    with open(OUTPUT / "layer-configs.json", "w", newline="\n") as file:
        json.dump(configs, file, indent=1)
        file.write("\n")
    np.savez_compressed(OUTPUT / "layer-results.npz", **arrays)


if __name__ == "__main__":
    main()

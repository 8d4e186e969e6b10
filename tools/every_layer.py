"""Every kind of layer that the Java program has, one at a time: results in inference and training.

`tools/export_reference.py` stores them in the discriminator's reference. Each case is a Sequential
of one or two layers, described as Keras does; a few are described in other forms that programs read.
Inputs, weights and the gradient of the output are random numbers by name, which need not be stored.

- `initial/<weight>`: the variables after `keras.utils.set_random_seed(seed)`;
- `inference`, `training`: the output of the model;
- `gradient`, `gradient/<weight>`: in training, of the input and the trainable variables;
- `after/<variable>`: the other variables after that training;
- `frozen`, `frozen_gradient`: in training, but not trainable, as the discriminator is while the
  generator learns; only if the model has other variables.

Batch normalization cancels some gradients, such as that of a bias before it. Only rounding remains,
which is different on every machine, so gradients whose error in float32 is above CANCELLED are left
out.
"""

import json

import keras
import numpy as np
import tensorflow as tf
from keras import layers

STAGE = "every_layer"
# Of random layers: the seed and the number of draws so far.
SEED_STATE = (123456789, 7)
# A tenth of the tolerance of `verify`, and at least twice the error of sums that do not cancel.
CANCELLED = 1e-6
ACTIVATIONS = (
    "tanh", "sigmoid", "relu", "relu6", "leaky_relu", "elu", "selu", "softplus", "exponential",
    "silu", "hard_sigmoid", "hard_silu", "hard_tanh", "gelu", "mish", "softsign", "tanh_shrink",
    "log_sigmoid", "softmax", "log_softmax", "celu", "hard_shrink", "soft_shrink", "squareplus",
    "sparse_plus", "sparse_sigmoid",
)


def cases():
    """Name, shape of the input and layers. The names are the first part of a tensor's name."""
    conv, transpose = layers.Conv2D, layers.Conv2DTranspose
    image, odd = (6, 8, 2), (5, 7, 2)
    yield "dense", (5,), [layers.Dense(3)]
    yield "dense_tanh", (5,), [layers.Dense(3, activation="tanh")]
    yield "dense_without_bias", (5,), [layers.Dense(3, use_bias=False)]
    yield "dense_images", (2, 3, 4), [layers.Dense(3, activation="relu")]
    yield "conv2d", odd, [conv(3, (3, 2), padding="same")]
    yield "conv2d_valid", odd, [conv(3, (2, 3), activation="relu")]
    yield "conv2d_strides", odd, [conv(2, (3, 2), strides=(1, 2), padding="same")]
    yield "conv2d_strides_valid", image, [conv(2, 3, strides=(2, 3), use_bias=False)]
    yield "conv2d_dilation", odd, [conv(3, (2, 3), dilation_rate=(1, 2), padding="same")]
    yield "conv2d_dilation_valid", image, [conv(3, (3, 2), dilation_rate=(2, 3))]
    yield "conv2d_gray", (6, 8, 1), [conv(3, 5, strides=2, padding="same")]
    yield "conv2d_gray_valid", (7, 9, 1), [conv(3, 5, strides=2)]
    upsampling = layers.UpSampling2D
    yield "conv2d_upsampled", (3, 4, 2), [upsampling(), conv(1, 5, padding="same")]
    yield "conv2d_upsampled_valid", (3, 4, 2), [upsampling(), conv(2, 5)]
    yield "conv2d_upsampled_bilinear", (3, 4, 2), [
        upsampling(interpolation="bilinear"), conv(2, 5, padding="same")
    ]
    yield "conv2d_upsampled_strides", (3, 4, 2), [upsampling(), conv(3, 5, 2, padding="same")]
    yield "conv2d_transpose", (3, 4, 2), [transpose(3, (3, 2), strides=(1, 2), padding="same")]
    yield "conv2d_transpose_five", (3, 4, 2), [transpose(2, 5, strides=2, padding="same")]
    yield "conv2d_transpose_five_valid", (3, 4, 2), [transpose(2, 5, strides=2)]
    yield "conv2d_transpose_valid", (3, 4, 2), [transpose(2, (2, 3), strides=(3, 2))]
    yield "conv2d_transpose_padding", (3, 4, 2), [
        transpose(2, (3, 4), strides=2, padding="same", output_padding=1)
    ]
    yield "conv2d_transpose_padding_valid", (3, 4, 2), [
        transpose(2, 3, strides=(2, 3), output_padding=(1, 2))
    ]
    depthwise, separable = layers.DepthwiseConv2D, layers.SeparableConv2D
    yield "depthwise_conv2d", odd, [depthwise((3, 2), padding="same")]
    yield "depthwise_conv2d_strides", image, [
        depthwise(3, strides=2, depth_multiplier=2, activation="tanh")
    ]
    yield "separable_conv2d", odd, [separable(3, (2, 3), padding="same", activation="relu")]
    yield "separable_conv2d_strides", image, [
        separable(1, 3, strides=2, depth_multiplier=2, use_bias=False)
    ]
    yield "layer_normalization", odd, [layers.LayerNormalization()]
    yield "layer_normalization_vector", (5,), [layers.LayerNormalization(epsilon=0.05)]
    yield "layer_normalization_alone", (3, 5), [
        layers.LayerNormalization(center=False, scale=False)
    ]
    norm = layers.BatchNormalization
    yield "batch_normalization", odd, [norm()]
    yield "batch_normalization_vector", (5,), [norm(momentum=0.8, epsilon=0.05)]
    yield "batch_normalization_without_center", odd, [norm(center=False)]
    yield "batch_normalization_without_scale", (5,), [norm(scale=False)]
    yield "dense_normalized", (5,), [layers.Dense(3), norm(center=False)]
    yield "dense_normalized_twice", (5,), [layers.Dense(3), norm(), norm(scale=False)]
    yield "conv2d_normalized", odd, [conv(3, (3, 2), use_bias=False), norm()]
    yield "conv2d_relu_normalized", odd, [conv(3, (3, 2), activation="relu"), norm()]
    yield "conv2d_transpose_normalized", (3, 4, 2), [transpose(3, 2), norm(scale=False)]
    yield "dense_flattened_normalized", (3, 4, 2), [layers.Dense(3), layers.Flatten(), norm()]
    for name in ACTIVATIONS:
        yield f"activation_{name}", (3, 5), [layers.Activation(name)]
    yield "leaky_re_lu", odd, [layers.LeakyReLU(0.4)]
    yield "re_lu", odd, [layers.ReLU()]
    yield "re_lu_six", odd, [layers.ReLU(6, 0.1)]
    yield "re_lu_maximum", odd, [layers.ReLU(0.8)]
    yield "re_lu_slope", odd, [layers.ReLU(negative_slope=0.3)]
    yield "re_lu_threshold", odd, [layers.ReLU(threshold=0.5)]
    yield "re_lu_all", odd, [layers.ReLU(0.9, 0.2, 0.4)]
    yield "elu", odd, [layers.ELU(0.3)]
    yield "p_re_lu", odd, [layers.PReLU()]
    yield "p_re_lu_shared", odd, [layers.PReLU(shared_axes=(1, 2))]
    yield "softmax", (3, 5), [layers.Softmax()]
    yield "reshape", (12,), [layers.Reshape((2, -1, 2))]
    yield "flatten", odd, [layers.Flatten()]
    yield "permute", (3, 4, 2), [layers.Permute((3, 1, 2))]
    yield "rescaling", odd, [layers.Rescaling(0.3, offset=-0.7)]
    yield "zero_padding2d", odd, [layers.ZeroPadding2D(((1, 2), (0, 3)))]
    yield "cropping2d", odd, [layers.Cropping2D(((1, 2), (0, 3)))]
    yield "max_pooling2d", image, [layers.MaxPooling2D()]
    yield "max_pooling2d_same", odd, [layers.MaxPooling2D((3, 2), strides=(2, 1), padding="same")]
    yield "average_pooling2d", image, [layers.AveragePooling2D((3, 2))]
    yield "average_pooling2d_same", odd, [
        layers.AveragePooling2D((3, 2), strides=(2, 1), padding="same")
    ]
    yield "global_average_pooling2d", odd, [layers.GlobalAveragePooling2D()]
    yield "global_max_pooling2d", odd, [layers.GlobalMaxPooling2D(keepdims=True)]
    yield "up_sampling2d", odd, [layers.UpSampling2D((2, 3))]
    yield "up_sampling2d_bilinear", odd, [layers.UpSampling2D((3, 2), interpolation="bilinear")]
    yield "dropout", (40,), [layers.Dropout(0.3)]
    yield "dropout_twice", (3, 4, 2), [layers.Dropout(0.25), layers.Dropout(0.4)]
    yield "dropout_of_seed", (40,), [layers.Dropout(0.3, seed=5), layers.Dense(3)]
    yield "spatial_dropout2d", (3, 4, 20), [layers.SpatialDropout2D(0.4)]
    yield "gaussian_noise", (40,), [layers.GaussianNoise(0.2)]


def compute(stream, batch, standard_names, set_type):
    """The results of all cases, by key, and the files that describe them."""
    found, descriptions = {}, {}
    for name, shape, stack in list(cases()):
        config = standard_names(keras.Sequential([keras.Input(shape), *stack]).get_config(), name)
        set_type("float32")
        keras.utils.set_random_seed(stream.seed)
        model = keras.Sequential.from_config(config)
        descriptions[f"{STAGE}/{name}.json"] = described(model.to_json())
        results_of_case = initial(model) | results(model, stream, batch)
        for part in cancelled(results_of_case, config, stream, batch, set_type):
            del results_of_case[part]
        found |= {f"{STAGE}/{name}/{part}": value for part, value in results_of_case.items()}
    set_type("float32")
    for name, model, description in read_only():
        descriptions[f"{STAGE}/{name}.read.json"] = described(description)
        for part, value in results(model, stream, batch).items():
            found[f"{STAGE}/{name}/{part}"] = value
    return found, descriptions


def described(text):
    return np.frombuffer(text.encode(), "uint8")


def initial(model):
    return {f"initial/{path}": value.numpy().astype("float32") for path, value in variables(model).items()}


def cancelled(single, config, stream, batch, set_type):
    """The gradients that are little more than rounding, by the results in float64."""
    set_type("float64")
    config = json.loads(json.dumps(config).replace("float32", "float64"))
    model = keras.Sequential.from_config(config)
    if any("seed_generator_state" in path for path in variables(model)):
        # Random numbers in float64 are others, and dropped elements cancel nothing.
        return []
    double = results(model, stream, batch)
    return [
        part
        for part, value in double.items()
        if "gradient" in part
        and np.linalg.norm(single[part] - value) > CANCELLED * np.linalg.norm(value)
    ]


def read_only():
    """Models in forms that programs read but do not write: name, model, description."""
    name = "functional"
    x = inputs = keras.Input((3, 4, 2), name="input")
    inner = keras.Sequential(
        [keras.Input((3, 4, 3)), layers.Activation("tanh", name="activation"), layers.Flatten(name="flatten")],
        name="sequential",
    )
    for layer in (layers.Conv2D(3, 1, name="conv2d"), inner, layers.Dense(2, name="dense")):
        x = layer(x)
    description = json.loads(keras.Model(inputs, x, name=name).to_json())
    # The order of a Functional model follows from its connections, not from this list.
    description["config"]["layers"][1:] = description["config"]["layers"][:0:-1]
    yield name, keras.Model(inputs, x, name=name), json.dumps(description)
    name = "keras2_hard_sigmoid"
    yield name, keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(3, name="dense"),
            # In Keras 2: 0.2 x + 0.5, cut to [0, 1].
            layers.Rescaling(0.2, offset=0.5, name="rescaling"),
            layers.ReLU(1.0, name="re_lu"),
        ],
        name=name,
    ), json.dumps(keras2_dense(name))


def keras2_dense(name):
    """A model as Keras 2.13 describes it."""
    config = {"name": "dense", "batch_input_shape": [None, 5], "units": 3, "activation": "hard_sigmoid"}
    return {
        "class_name": "Sequential",
        "config": {"name": name, "layers": [{"class_name": "Dense", "config": config}]},
        "keras_version": "2.13.1",
        "backend": "tensorflow",
    }


def results(model, stream, batch):
    """The outputs, the gradients in training, and the state after it."""
    name, dtype = f"{STAGE}/{model.name}", keras.config.floatx()
    x = tf.constant(stream.noise(f"{name}/input", (batch, *model.input_shape[1:])).astype(dtype))
    begin(model, stream)
    found = {"inference": tf.function(lambda: model(x, training=False), jit_compile=False)()}
    trainable = {path: v for path, v in variables(model).items() if v.trainable}

    def train(sources):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = model(x, training=True)
            upstream = stream.noise(f"{name}/upstream", y.shape).astype(dtype)
        return y, tape.gradient(y, sources, output_gradients=tf.constant(upstream))

    sources = [x, *(variable.value for variable in trainable.values())]
    y, (by_input, *by_weights) = tf.function(lambda: train(sources), jit_compile=False)()
    found |= {"training": y, "gradient": by_input}
    found |= {f"gradient/{path}": value for path, value in zip(trainable, by_weights, strict=True)}
    others = {path: v for path, v in variables(model).items() if not v.trainable}
    found |= {f"after/{path}": variable.numpy().astype(dtype) for path, variable in others.items()}
    if others:
        begin(model, stream)
        model.trainable = False
        found |= dict(
            zip(("frozen", "frozen_gradient"), tf.function(lambda: train(x), jit_compile=False)())
        )
        model.trainable = True
    return {part: np.asarray(value) for part, value in found.items()}


def variables(model):
    """All variables by path, with the seeds of random layers."""
    return {
        f"{layer.name}/{variable.name}": variable
        for layer in flattened(model)
        for variable in layer.variables
    }


def flattened(model):
    """The layers of a model and of the models in it."""
    for layer in model.layers:
        yield from flattened(layer) if isinstance(layer, keras.Sequential) else [layer]


def begin(model, stream):
    """Gives every variable its value before the training."""
    for path, variable in variables(model).items():
        if variable.name == "seed_generator_state":
            variable.assign(SEED_STATE)
            continue
        n = stream.normal(f"{STAGE}/{model.name}/{path}", variable.shape)
        value = 0.3 + 0.3 * n * n if "variance" in path else 0.3 * n
        variable.assign((value + 1.0 if path.endswith("/gamma") else value).astype("float32"))

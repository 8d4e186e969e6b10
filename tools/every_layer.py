"""Every kind of layer that the Java program has, one at a time: results in inference and training.

`tools/export_reference.py` stores them in the discriminator's reference. Each case is a Sequential
of one or two layers, described as Keras does. Inputs, weights and the gradient of the output are
random numbers by name, which need not be stored.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

STAGE = "every_layer"
# Of random layers: the seed and the number of draws so far.
SEED_STATE = (123456789, 7)
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
    yield "conv2d", odd, [conv(3, (3, 2), padding="same")]
    yield "conv2d_valid", odd, [conv(3, (2, 3), activation="relu")]
    yield "conv2d_strides", odd, [conv(2, (3, 2), strides=(1, 2), padding="same")]
    yield "conv2d_strides_valid", image, [conv(2, 3, strides=(2, 3), use_bias=False)]
    yield "conv2d_dilation", odd, [conv(3, (2, 3), dilation_rate=(1, 2), padding="same")]
    yield "conv2d_dilation_valid", image, [conv(3, (3, 2), dilation_rate=(2, 3))]
    yield "conv2d_gray", (6, 8, 1), [conv(3, 5, strides=2, padding="same")]
    yield "conv2d_upsampled", (3, 4, 2), [layers.UpSampling2D(), conv(1, 5, padding="same")]
    yield "conv2d_transpose", (3, 4, 2), [transpose(3, (3, 2), strides=(1, 2), padding="same")]
    yield "conv2d_transpose_five", (3, 4, 2), [transpose(2, 5, strides=2, padding="same")]
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
    yield "softmax", (3, 5), [layers.Softmax()]
    yield "reshape", (12,), [layers.Reshape((2, -1, 2))]
    yield "flatten", odd, [layers.Flatten()]
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
    yield "gaussian_noise", (40,), [layers.GaussianNoise(0.2)]


def compute(stream, batch, standard_names):
    """The results of all cases, by key, and the files that describe them."""
    found, descriptions = {}, {}
    for name, shape, stack in cases():
        config = standard_names(keras.Sequential([keras.Input(shape), *stack]).get_config(), name)
        model = keras.Sequential.from_config(config)
        descriptions[f"{STAGE}/{name}.json"] = np.frombuffer(model.to_json().encode(), "uint8")
        for part, value in results(model, stream, batch).items():
            found[f"{STAGE}/{name}/{part}"] = value
    return found, descriptions


def results(model, stream, batch):
    """The outputs, the gradients in training, and the state after it."""
    name = f"{STAGE}/{model.name}"
    x = tf.constant(stream.noise(f"{name}/input", (batch, *model.input_shape[1:])))
    begin(model, stream)
    found = {"inference": tf.function(lambda: model(x, training=False), jit_compile=False)()}
    trainable = {path: v for path, v in variables(model).items() if v.trainable}

    @tf.function(jit_compile=False)
    def train():
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = model(x, training=True)
            upstream = stream.noise(f"{name}/upstream", y.shape)
        sources = [x, *(variable.value for variable in trainable.values())]
        return y, tape.gradient(y, sources, output_gradients=tf.constant(upstream))

    y, (by_input, *by_weights) = train()
    found |= {"training": y, "gradient": by_input}
    found |= {f"gradient/{path}": value for path, value in zip(trainable, by_weights, strict=True)}
    found = {part: value.numpy() for part, value in found.items()}
    for path, variable in variables(model).items():
        if not variable.trainable:
            found[f"after/{path}"] = variable.numpy().astype("float32")
    return found


def variables(model):
    """All variables by path, with the seeds of random layers."""
    return {
        f"{layer.name}/{variable.name}": variable
        for layer in model.layers
        for variable in layer.variables
    }


def begin(model, stream):
    """Gives every variable its value before the training."""
    for path, variable in variables(model).items():
        if variable.name == "seed_generator_state":
            variable.assign(SEED_STATE)
            continue
        n = stream.normal(f"{STAGE}/{model.name}/{path}", variable.shape)
        value = 0.3 + 0.3 * n * n if "variance" in path else 0.3 * n
        variable.assign((value + 1.0 if path.endswith("/gamma") else value).astype("float32"))

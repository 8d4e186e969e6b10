"""Trains a GAN in Keras, to compare the Java program with.

    python src/test/python/train_known_gans.py NAME FOLDER

NAME is a well-known GAN for MNIST: tutorial (TensorFlow's DCGAN tutorial), example (Keras's DCGAN
example at its structure for 28 x 28) or keras-gan (the widely copied Keras-GAN); or a small GAN with
many kinds of layers: activations, rectifiers, pooling, windows, vectors, channels, probabilities,
frozen, separable, layer-norms, shrinks or initializers. Writes both
networks before the training to generator.keras and discriminator.keras, or for initializers, which
train from new weights, to architecture.json, images to images.npz, and after three steps of the notebook's loop the weights, seeds and optimizers to expected.npz, by the
Java program's paths.
"""

import sys
from pathlib import Path

sys.path.insert(0, "tools")
import notebook  # first: it sets TensorFlow's log level

import keras
import numpy as np
from keras import layers

SEED = 11
BATCH = 9
STEPS = 3
LABEL = 0.9


def tutorial():
    transpose = lambda filters, strides, **settings: layers.Conv2DTranspose(
        filters, 5, strides=strides, padding="same", use_bias=False, **settings
    )
    generator = [
        keras.Input((100,)),
        layers.Dense(7 * 7 * 256, use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        layers.Reshape((7, 7, 256)),
        transpose(128, 1),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        transpose(64, 2),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        transpose(1, 2, activation="tanh"),
    ]
    discriminator = [
        keras.Input((28, 28, 1)),
        layers.Conv2D(64, 5, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.Dropout(0.3),
        layers.Conv2D(128, 5, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(1),
    ]
    return generator, discriminator


def example():
    generator = [
        keras.Input((128,)),
        layers.Dense(7 * 7 * 128),
        layers.Reshape((7, 7, 128)),
        layers.Conv2DTranspose(128, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2DTranspose(256, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(1, 5, padding="same", activation="sigmoid"),
    ]
    discriminator = [keras.Input((28, 28, 1))]
    for filters in (64, 128, 128):
        discriminator += [
            layers.Conv2D(filters, 4, strides=2, padding="same"),
            layers.LeakyReLU(negative_slope=0.2),
        ]
    discriminator += [layers.Flatten(), layers.Dropout(0.2), layers.Dense(1, activation="sigmoid")]
    return generator, discriminator


def keras_gan():
    generator = [
        keras.Input((100,)),
        layers.Dense(128 * 7 * 7, activation="relu"),
        layers.Reshape((7, 7, 128)),
    ]
    for filters in (128, 64):
        generator += [
            layers.UpSampling2D(),
            layers.Conv2D(filters, 3, padding="same"),
            layers.BatchNormalization(momentum=0.8),
            layers.Activation("relu"),
        ]
    generator += [layers.Conv2D(1, 3, padding="same"), layers.Activation("tanh")]
    discriminator = [keras.Input((28, 28, 1))]
    for filters, strides, normalized in ((32, 2, False), (64, 2, True), (128, 2, True), (256, 1, True)):
        discriminator.append(layers.Conv2D(filters, 3, strides=strides, padding="same"))
        if filters == 64:
            discriminator.append(layers.ZeroPadding2D(padding=((0, 1), (0, 1))))
        if normalized:
            discriminator.append(layers.BatchNormalization(momentum=0.8))
        discriminator += [layers.LeakyReLU(negative_slope=0.2), layers.Dropout(0.25)]
    discriminator += [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    return generator, discriminator


# Without elu, hard_sigmoid and hard_silu: TensorFlow joins them with their neighbours in other ways.
ACTIVATIONS = ("relu", "relu6", "leaky_relu", "selu", "softplus", "exponential", "silu", "hard_tanh", "gelu", "mish", "softsign", "tanh_shrink", "log_sigmoid", "softmax",
               "log_softmax", "tanh", "sigmoid", "linear")


def activated():
    """Each activation function, as an argument and as a layer."""
    stack = []
    for index, name in enumerate(ACTIVATIONS):
        if index % 2:
            stack += [layers.Dense(10 + index), layers.Activation(name), layers.BatchNormalization()]
        else:
            stack += [layers.Dense(10 + index, activation=name), layers.BatchNormalization()]
    return stack


def activations():
    generator = [keras.Input((7,)), *activated(), layers.Dense(64, activation="tanh"), layers.Reshape((8, 8, 1))]
    discriminator = [keras.Input((8, 8, 1))]
    for name in ACTIVATIONS:
        discriminator += [layers.Conv2D(3, 3, padding="same", activation=name), layers.BatchNormalization()]
    return generator, [*discriminator, layers.Flatten(), layers.Dense(1), layers.Activation("sigmoid")]


def rectifiers():
    relus = lambda: [
        layers.ReLU(),
        layers.ReLU(0.8),
        layers.ReLU(6),
        layers.ReLU(6, 0.1),
        layers.ReLU(negative_slope=0.3),
        layers.ReLU(threshold=0.2),
        layers.ReLU(0.9, 0.2, 0.4),
        layers.LeakyReLU(),
        layers.ELU(0.3),
        layers.Softmax(),
    ]
    generator = [keras.Input((7,))]
    for layer in relus():
        generator += [layers.Dense(20), layer, layers.BatchNormalization()]
    discriminator = [keras.Input((8, 8, 1))]
    for layer in relus():
        discriminator += [layers.Conv2D(3, 3, padding="same"), layer, layers.BatchNormalization()]
    generator += [layers.Dense(64, activation="sigmoid"), layers.Reshape((8, 8, 1))]
    return generator, [*discriminator, layers.Flatten(), layers.Dense(1)]


def pooling():
    generator = [
        keras.Input((7,)),
        layers.Dense(4 * 3 * 6, use_bias=False),
        layers.BatchNormalization(axis=1, scale=False),
        layers.Reshape((4, 3, 6)),
        layers.UpSampling2D(interpolation="bilinear"),
        layers.Conv2D(5, 3, padding="same", activation="relu"),
        layers.GaussianNoise(0.1),
        layers.UpSampling2D((3, 2)),
        layers.Cropping2D(((4, 4), (1, 3))),
        layers.Conv2D(4, 3, padding="same", use_bias=False),
        layers.BatchNormalization(center=False),
        layers.AveragePooling2D(2),
        layers.UpSampling2D((3, 3), interpolation="bilinear"),
        layers.MaxPooling2D((3, 3), strides=(2, 3), padding="same"),
        layers.ZeroPadding2D(((0, 0), (2, 2))),
        layers.Conv2D(1, (5, 1), activation="tanh"),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.GaussianNoise(0.2),
        layers.ZeroPadding2D(((1, 2), (0, 3))),
        layers.Conv2D(6, 3, padding="same"),
        layers.LeakyReLU(),
        layers.MaxPooling2D(),
        layers.Conv2D(8, 3, padding="same"),
        layers.Dropout(0.3),
        layers.AveragePooling2D((3, 2), strides=(2, 1), padding="same"),
        layers.BatchNormalization(),
        layers.Cropping2D(1),
        layers.Conv2D(8, 1),
        layers.GlobalAveragePooling2D(keepdims=True),
        layers.Conv2D(9, 1, activation="tanh"),
        layers.GlobalMaxPooling2D(),
        layers.Dense(1, activation="sigmoid"),
    ]
    return generator, discriminator


def windows():
    generator = [
        keras.Input((7,)),
        layers.Dense(2 * 2 * 6),
        layers.Reshape((2, 2, 6)),
        layers.Conv2DTranspose(5, 3, strides=2),
        layers.ReLU(),
        layers.Conv2DTranspose(5, 2, strides=3),
        layers.BatchNormalization(),
        layers.Conv2D(4, (3, 5), strides=(2, 1)),
        layers.Activation("selu"),
        layers.Conv2DTranspose(3, (3, 4), strides=(2, 1), padding="same", use_bias=False),
        layers.Conv2D(4, 3, dilation_rate=2, padding="same"),
        layers.LeakyReLU(),
        layers.Conv2D(1, (7, 4), activation="tanh"),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 3, padding="same", dilation_rate=2, activation="relu"),
        layers.Conv2D(7, (2, 3), dilation_rate=(1, 2), use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        layers.Conv2D(8, (3, 1), strides=(1, 2), padding="same"),
        layers.Activation("selu"),
        layers.Conv2DTranspose(4, 3, strides=2, padding="same"),
        layers.Conv2D(6, 4, strides=(3, 2)),
        layers.Flatten(),
        layers.Dense(1),
    ]
    return generator, discriminator


def vectors():
    """The GAN of Keras-GAN without convolutions, smaller."""
    generator = [keras.Input((7,))]
    for units in (16, 32, 64):
        generator += [
            layers.Dense(units),
            layers.LeakyReLU(negative_slope=0.2),
            layers.BatchNormalization(momentum=0.8),
        ]
    generator += [layers.Dense(64, activation="tanh"), layers.Reshape((8, 8, 1))]
    discriminator = [keras.Input((8, 8, 1)), layers.Flatten()]
    for units in (32, 16):
        discriminator += [layers.Dense(units), layers.LeakyReLU(negative_slope=0.2), layers.Dropout(0.3)]
    return generator, [*discriminator, layers.Dense(1, activation="sigmoid"), layers.Activation("linear")]


def channels():
    """Layers that act on channels; the discriminator is fully convolutional."""
    generator = [
        keras.Input((7,)),
        layers.Reshape((1, 1, 7)),
        layers.Conv2DTranspose(6, (2, 4)),
        layers.BatchNormalization(),
        layers.PReLU(),
        layers.Permute((2, 1, 3)),
        layers.Conv2DTranspose(5, (2, 4), strides=(2, 4), padding="same"),
        layers.PReLU(shared_axes=[1, 2]),
        layers.Dense(6, use_bias=False),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        layers.Dense(1, activation="tanh"),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Rescaling(0.5, 0.1),
        layers.Conv2D(6, 3, padding="same"),
        layers.PReLU(shared_axes=[1, 2]),
        layers.SpatialDropout2D(0.3),
        layers.Conv2D(8, 4, strides=2, padding="same"),
        layers.Dense(7),
        layers.LeakyReLU(negative_slope=0.2),
        layers.SpatialDropout2D(0.2),
        layers.Conv2D(1, 4),
        layers.Flatten(),
    ]
    return generator, discriminator


def probabilities():
    """The discriminator ends in a layer behind its sigmoid; Keras then clips the probability."""
    generator = [
        keras.Input((7,)),
        layers.Dense(20, activation="relu"),
        layers.Dense(64),
        layers.Activation("sigmoid"),
        layers.Rescaling(2.0, offset=-1.0),
        layers.Reshape((8, 8, 1)),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(1, 4),
        layers.Activation("sigmoid"),
        layers.Flatten(),
    ]
    return generator, discriminator


def frozen():
    """Some layers of both networks are not trained."""
    still = {"trainable": False}
    generator = [
        keras.Input((7,)),
        layers.Dense(2 * 2 * 6, **still),
        layers.BatchNormalization(**still),
        layers.ReLU(),
        layers.Reshape((2, 2, 6)),
        layers.Conv2DTranspose(5, 4, strides=2, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.PReLU(shared_axes=[1, 2], **still),
        layers.UpSampling2D(),
        layers.Conv2D(1, 5, padding="same", activation="tanh", **still),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 4, strides=2, padding="same", **still),
        layers.BatchNormalization(),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Dropout(0.3, **still),
        layers.Conv2D(8, 3, padding="same"),
        layers.BatchNormalization(**still),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(9, **still),
        layers.Dense(1, activation="sigmoid"),
    ]
    return generator, discriminator


def separable():
    """Convolutions of each channel."""
    generator = [
        keras.Input((7,)),
        layers.Dense(4 * 4 * 6, activation="relu"),
        layers.Reshape((4, 4, 6)),
        layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2),
        layers.LeakyReLU(negative_slope=0.2),
        layers.UpSampling2D(),
        layers.SeparableConv2D(5, (3, 5), padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.SeparableConv2D(1, 3, padding="same", activation="tanh"),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 3, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.SeparableConv2D(8, 3, strides=2, padding="same", depth_multiplier=2),
        layers.BatchNormalization(),
        layers.LeakyReLU(negative_slope=0.2),
        layers.DepthwiseConv2D(3, strides=2, use_bias=False, activation="tanh"),
        layers.Flatten(),
        layers.Dense(1),
    ]
    return generator, discriminator


def layer_norms():
    """Normalization of each sample."""
    norm = layers.LayerNormalization
    generator = [
        keras.Input((7,)),
        layers.Dense(4 * 4 * 6),
        norm(),
        layers.ReLU(),
        layers.Reshape((4, 4, 6)),
        layers.Conv2DTranspose(5, 4, strides=2, padding="same"),
        norm(scale=False),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(1, 3, padding="same", activation="tanh"),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 3, padding="same"),
        norm(center=False),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(8, 3, strides=2, padding="same"),
        norm(epsilon=0.01),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(9),
        norm(center=False, scale=False),
        layers.Dense(1),
    ]
    return generator, discriminator


SHRINKS = ("celu", "hard_shrink", "soft_shrink", "squareplus", "sparse_plus", "sparse_sigmoid")


def shrinks():
    generator = [keras.Input((7,))]
    discriminator = [keras.Input((8, 8, 1))]
    for name in SHRINKS:
        generator += [layers.Dense(20), layers.Activation(name), layers.BatchNormalization()]
        discriminator += [layers.Conv2D(3, 3, padding="same", activation=name), layers.BatchNormalization()]
    generator += [layers.Dense(64, activation="tanh"), layers.Reshape((8, 8, 1))]
    return generator, [*discriminator, layers.Flatten(), layers.Dense(1)]


def initialized():
    """New weights, as many scripts draw them."""
    normal = lambda: keras.initializers.RandomNormal(stddev=0.02)
    generator = [
        keras.Input((7,)),
        layers.Dense(4 * 4 * 6, kernel_initializer=normal()),
        layers.BatchNormalization(gamma_initializer=keras.initializers.RandomNormal(1.0, 0.02)),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Reshape((4, 4, 6)),
        layers.Conv2DTranspose(
            1, 4, strides=2, padding="same", kernel_initializer="he_normal", activation="tanh"
        ),
    ]
    discriminator = [
        keras.Input((8, 8, 1)),
        layers.Conv2D(6, 4, strides=2, padding="same", kernel_initializer="truncated_normal"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(1, kernel_initializer="lecun_uniform", bias_initializer=normal()),
    ]
    return generator, discriminator


GANS = {
    "initializers": initialized,
    "separable": separable,
    "layer-norms": layer_norms,
    "shrinks": shrinks,
    "tutorial": tutorial,
    "example": example,
    "keras-gan": keras_gan,
    "activations": activations,
    "rectifiers": rectifiers,
    "pooling": pooling,
    "windows": windows,
    "vectors": vectors,
    "channels": channels,
    "probabilities": probabilities,
    "frozen": frozen,
}

LOGITS = {"initializers", "separable", "layer-norms", "shrinks", "tutorial", "rectifiers", "windows", "channels"}

# Generators that end in a sigmoid are trained on images from 0 to 1, as Keras's own example is.
SIGMOIDS = {"example", "rectifiers"}


def compiled(model, logits):
    loss = keras.losses.BinaryCrossentropy(from_logits=logits)
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5), jit_compile=False)
    return model


def named(stack, name):
    """Each layer with the name that the Java program gives it."""
    counts = {}
    for layer in stack[1:]:
        base = notebook._snake_case(type(layer).__name__)
        counts[base] = counts.get(base, -1) + 1
        layer.name = f"{base}_{counts[base]}" if counts[base] else base
    return keras.Sequential(stack, name=name)


def state(model, optimizer):
    arrays = notebook.weights(model) | notebook.optimizer_slots(model, optimizer)
    for layer in model.layers:
        if hasattr(layer, "seed_generator"):
            arrays[f"{model.name}/{layer.name}/seed_generator_state"] = layer.seed_generator.state.numpy()
    return arrays


def save_models(generator, discriminator, folder):
    """Saves both networks; returns a function that reads them."""
    files = folder / "generator.keras", folder / "discriminator.keras"
    generator.save(files[0])
    discriminator.save(files[1])
    return lambda: map(keras.models.load_model, files)


def save_architecture(generator, discriminator, file):
    """Saves the networks without weights; returns a function that builds them."""
    texts = generator.to_json(), discriminator.to_json()
    file.write_text('{"generator": %s, "discriminator": %s}' % texts)
    return lambda: map(keras.models.model_from_json, texts)


def main(name, folder):
    keras.utils.set_random_seed(3)
    stacks = GANS[name]()
    generator = named(stacks[0], "generator")
    discriminator = named(stacks[1], "discriminator")
    if name == "initializers":
        read = save_architecture(generator, discriminator, folder / "architecture.json")
    else:
        read = save_models(generator, discriminator, folder)
    images = np.random.randint(0, 256, (64, *generator.output_shape[1:3])).astype("uint8")
    # Loading a model draws the seeds of its random layers, which no file keeps.
    keras.utils.set_random_seed(SEED)
    generator, discriminator = read()
    logits = name in LOGITS
    compiled(discriminator, logits)
    gan = compiled(notebook.build_gan(generator, discriminator), logits)
    np.savez(folder / "images.npz", x_train=images, y_train=np.zeros(64, "uint8"), x_test=images[:1], y_test=np.zeros(1, "uint8"))
    pixels = images[..., None].astype("float32")
    pixels = pixels / 255 if name in SIGMOIDS else (pixels - 127.5) / 127.5
    discriminator.optimizer.build(discriminator.trainable_variables)
    gan.optimizer.build(generator.trainable_variables)
    half = (BATCH + 1) // 2
    size = generator.input_shape[1]
    losses = []
    frozen_layers = [layer for layer in discriminator.layers if not layer.trainable]
    for _ in range(STEPS):
        real = pixels[np.random.randint(0, len(pixels), half)]
        noise_for_fakes = np.random.normal(0, 1, (half, size))
        noise = np.random.normal(0, 1, (BATCH, size))
        fakes = generator.predict(noise_for_fakes, verbose=0)
        discriminator.trainable = True
        for layer in frozen_layers:
            layer.trainable = False
        losses.append(discriminator.train_on_batch(real, np.full((half, 1), LABEL)))
        losses.append(discriminator.train_on_batch(fakes, np.zeros((half, 1))))
        discriminator.trainable = False
        losses.append(gan.train_on_batch(noise, np.ones((BATCH, 1))))
    arrays = state(generator, gan.optimizer) | state(discriminator, discriminator.optimizer)
    np.savez(folder / "expected.npz", **arrays)
    print(losses)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

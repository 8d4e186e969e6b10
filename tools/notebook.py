"""The notebook's models in Keras 3, with the same names as in the Java program.

Layers have Keras's snake-case class names, numbered within each model. The Java program uses the
same paths `<model>/<layer>/<variable>`, such as `generator/conv2d_1/kernel`.
Both models are compiled with `jit_compile=False`, because "auto" uses XLA on a GPU, which rounds
differently.

Run as a program, it writes the tables of `model.summary()`:

    python tools/notebook.py --summaries src/test/resources/keras
"""

import argparse
import os
import re
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
from keras import layers

VARIANTS = ("upsampling", "transposed", "transposed-literal")
IMAGE_SHAPE = (28, 28, 1)
NOISE_DIM = 100
LEARNING_RATE = 2e-4
BETA_1 = 0.5
SLOPE = 0.2
SUMMARY_WIDTH = 80


def build_generator(variant="upsampling", noise_dim=NOISE_DIM):
    """The generator, not compiled: noise [batch, noise_dim] to images [batch, 28, 28, 1].

    `transposed` has strides of 2, as the notebook's comments say. `transposed-literal` is the
    notebook's code as written, which gives images of 7 x 7.
    """
    if variant not in VARIANTS:
        raise ValueError(f"variant: expected one of {VARIANTS}, received {variant!r}")
    model = _sequential("generator", (noise_dim,))
    _add(model, layers.Dense, 7 * 7 * 128)
    _add(model, layers.Reshape, (7, 7, 128))
    _add(model, layers.LeakyReLU, SLOPE)
    _add(model, layers.BatchNormalization)
    _add_convolution(model, variant, 64)
    _add(model, layers.LeakyReLU, SLOPE)
    _add(model, layers.BatchNormalization)
    _add_convolution(model, variant, 1, activation="tanh", dtype=last_type())
    return model


def build_discriminator():
    """The discriminator, not compiled: images to the probability that they are real, [batch, 1]."""
    model = _sequential("discriminator", IMAGE_SHAPE)
    _add(model, layers.Conv2D, 64, kernel_size=(5, 5), strides=(2, 2), padding="same")
    _add(model, layers.LeakyReLU, SLOPE)
    _add(model, layers.Conv2D, 128, kernel_size=(5, 5), strides=(2, 2), padding="same")
    _add(model, layers.LeakyReLU, SLOPE)
    _add(model, layers.Flatten)
    _add(model, layers.Dense, 1, activation="sigmoid", dtype=last_type())
    return model


def last_type():
    """The type of a model's last layer: float32 under a mixed policy, as Keras advises."""
    policy = keras.config.dtype_policy()
    return policy.variable_dtype if policy.name.startswith("mixed") else policy


def build_gan(generator, discriminator):
    """The stacked model, noise to probability. Training it updates the generator."""
    gan = _sequential("gan", generator.input_shape[1:])
    gan.add(generator)
    gan.add(discriminator)
    return gan


def compile_model(model, learning_rate=LEARNING_RATE, beta_1=BETA_1, ema=0):
    """Compiles a model with the notebook's loss and its own Adam.

    The notebook shares one Adam between two models. Keras 3 refuses that, because it builds an
    optimizer for the variables of one model. With `ema` the optimizer averages the weights.
    """
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(
            learning_rate=learning_rate,
            beta_1=beta_1,
            use_ema=ema > 0,
            ema_momentum=ema,
        ),
        jit_compile=False,
    )
    return model


def weights(model):
    """The model's variables as NumPy arrays by path, such as `generator/conv2d_1/kernel`."""
    return {
        f"{model.name}/{layer.name}/{variable.name}": variable.numpy()
        for layer in model.layers
        for variable in layer.weights
    }


def optimizer_slots(model, optimizer):
    """The state of a model's Adam, by the paths of the variables.

    Returns `optimizer/<model>/iteration` (int64 scalar) and, for each trainable variable,
    `optimizer/<model>/<layer>/<variable>/momentum` and `.../velocity`; with an average of the
    weights also `average/<model>/<layer>/<variable>`. Before the optimizer is built, there is only
    the iteration.
    """
    root = f"optimizer/{model.name}"
    slots = {f"{root}/iteration": optimizer.iterations.numpy().astype("int64")}
    if not optimizer.built:
        return slots
    paths = {
        id(variable): f"{root}/{layer.name}/{variable.name}"
        for layer in model.layers
        for variable in layer.weights
    }
    trained = zip(optimizer._trainable_variables, optimizer._momentums, optimizer._velocities)
    for variable, momentum, velocity in trained:
        slots[f"{paths[id(variable)]}/momentum"] = momentum.numpy()
        slots[f"{paths[id(variable)]}/velocity"] = velocity.numpy()
    if optimizer.use_ema:
        averages = zip(optimizer._trainable_variables, optimizer._model_variables_moving_average)
        for variable, average in averages:
            slots[paths[id(variable)].replace("optimizer/", "average/", 1)] = average.numpy()
    return slots


def summary_text(model, width=SUMMARY_WIDTH):
    """The output of `model.summary()` as plain text of this width."""
    lines = []
    model.summary(line_length=width, print_fn=lines.append)
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()).strip("\n") + "\n"


def write_summaries(folder):
    """Writes `summary-<variant>.txt` for each generator, and `summary-discriminator.txt`."""
    models = {variant: build_generator(variant) for variant in VARIANTS}
    models["discriminator"] = build_discriminator()
    for name, model in models.items():
        compile_model(model)
        path = Path(folder) / f"summary-{name}.txt"
        path.write_text(summary_text(model), encoding="utf-8", newline="\n")


def _sequential(name, input_shape):
    return keras.Sequential([keras.Input(input_shape, name="input")], name=name)


def _add_convolution(model, variant, filters, **settings):
    settings.update(kernel_size=(5, 5), padding="same")
    if variant == "upsampling":
        _add(model, layers.UpSampling2D)
        _add(model, layers.Conv2D, filters, **settings)
    else:
        strides = (2, 2) if variant == "transposed" else (1, 1)
        _add(model, layers.Conv2DTranspose, filters, strides=strides, **settings)


def _add(model, layer_class, *arguments, **settings):
    name = _snake_case(layer_class.__name__)
    count = sum(isinstance(layer, layer_class) for layer in model.layers)
    model.add(layer_class(*arguments, name=f"{name}_{count}" if count else name, **settings))


def _snake_case(class_name):
    """Keras's rule: LeakyReLU becomes leaky_re_lu, Conv2DTranspose conv2d_transpose."""
    name = re.sub(r"\W+", "", class_name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def main():
    parser = argparse.ArgumentParser(description="Writes model.summary() of the notebook's models.")
    parser.add_argument("--summaries", required=True, metavar="DIR", help="the folder to write to")
    write_summaries(parser.parse_args().summaries)


if __name__ == "__main__":
    main()

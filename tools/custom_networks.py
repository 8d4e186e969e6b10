"""Steps of a GAN of other networks than the notebook's.

`tools/export_reference.py` stores them in the discriminator's reference. The discriminator has batch
normalization and dropout, which a step must treat as Keras does: their state changes in both updates
of the discriminator, and while the generator learns, only dropout is active. Its functions are
smooth, and no bias comes before a normalization, which would cancel its gradient: Adam would enlarge
the rounding that remains.
"""

import keras
import numpy as np
from keras import layers

import notebook
import train

STAGE = "trajectory/custom"
NOISE_DIM, IMAGE_SHAPE = 5, (4, 4, 1)
BATCH, STEPS, REAL_LABEL = 6, 3, 0.9


class CustomGan(train.Gan):
    """A GAN of given networks."""

    def __init__(self, generator, discriminator):
        self.generator, self.discriminator = generator, discriminator
        self.compile(notebook.LEARNING_RATE, notebook.BETA_1)


def networks():
    """The generator and the discriminator."""
    yield "generator", [
        keras.Input((NOISE_DIM,)),
        layers.Dense(12, use_bias=False),
        layers.Reshape((2, 2, 3)),
        layers.BatchNormalization(momentum=0.5),
        layers.UpSampling2D(),
        layers.Conv2D(1, 3, padding="same", activation="tanh"),
    ]
    yield "discriminator", [
        keras.Input(IMAGE_SHAPE),
        layers.Conv2D(3, (3, 2), padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.6),
        layers.ELU(),
        layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid"),
    ]


def compute(stream, standard_names):
    """The losses of the steps and the state after the last, and the files that describe the networks."""
    configs = [
        standard_names(keras.Sequential(stack).get_config(), name) for name, stack in networks()
    ]
    keras.utils.set_random_seed(stream.seed)
    models = [keras.Sequential.from_config(config) for config in configs]
    gan = CustomGan(*models)
    losses = []
    for step in range(1, STEPS + 1):
        half = BATCH // 2
        losses.append(
            gan.step(
                stream.images(f"{STAGE}/{step}/images", (half, *IMAGE_SHAPE)),
                stream.noise(f"{STAGE}/{step}/fake_noise", (half, NOISE_DIM)),
                stream.noise(f"{STAGE}/{step}/noise", (BATCH, NOISE_DIM)),
                REAL_LABEL,
            )
        )
    found = {f"{STAGE}/losses": np.array(losses, "float32")}
    for model in models:
        model.trainable = True
        for layer in model.layers:
            for variable in layer.non_trainable_variables:
                path = f"{model.name}/{layer.name}/{variable.name}"
                found[f"{STAGE}/{path}"] = variable.numpy().astype("float32")
    files = {
        f"{STAGE}/{model.name}.json": np.frombuffer(model.to_json().encode(), "uint8")
        for model in models
    }
    return found, files

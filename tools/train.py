"""Trains the notebook's GAN in Keras. The Java program is compared with this script.

    python tools/train.py --variant upsampling --mnist mnist.npz --seed 42 --steps 20 --output DIR

Continue from two models, and save two models at the end:

    python tools/train.py … --initial-weights G.keras D.keras --save-models

`generator.keras` and `discriminator.keras` each hold the network and its Adam. (Keras itself keeps
the generator's Adam with the stacked model.)

Writes `history.csv`, one row per step, and `weights-NNNNNN.npz` before the first step, every
--save-every steps and after the last one. An .npz holds float32 arrays, named by the Java program's
paths, and the state of both optimizers.
"""

import argparse
import math
from pathlib import Path

import notebook  # first: it sets TensorFlow's log level

import keras
import numpy as np
import tensorflow as tf

HEADER = "step,epoch,d_loss_real,d_loss_fake,g_loss\n"


class Gan:
    """The generator, the discriminator and the stacked model, each compiled on its own."""

    def __init__(self, variant, noise_dim, learning_rate, beta_1, ema=0):
        # Initializers draw their seeds in the order in which the models are built.
        self.generator = notebook.build_generator(variant, noise_dim)
        self.discriminator = notebook.build_discriminator()
        if self.generator.output_shape != self.discriminator.input_shape:
            raise SystemExit(
                f"variant '{variant}': expected images {self.discriminator.input_shape} for the "
                f"discriminator, received {self.generator.output_shape}."
            )
        self.compile(learning_rate, beta_1, ema)

    def compile(self, learning_rate, beta_1, ema=0):
        """Stacks the models, and gives each its own Adam."""
        notebook.compile_model(self.discriminator, learning_rate, beta_1)
        self.stack = notebook.build_gan(self.generator, self.discriminator)
        notebook.compile_model(self.stack, learning_rate, beta_1, ema)
        # Built now, so that the state saved before the first step holds every slot.
        self.discriminator.optimizer.build(self.discriminator.trainable_variables)
        self.stack.optimizer.build(self.generator.trainable_variables)

    def begin_with(self, generator, discriminator):
        """Takes the weights of two models and, if they have optimizers, the state of these."""
        pairs = (
            (self.generator, self.stack.optimizer, keras.models.load_model(generator)),
            (self.discriminator, self.discriminator.optimizer, keras.models.load_model(discriminator)),
        )
        for model, optimizer, found in pairs:
            model.set_weights(found.get_weights())
            if found.optimizer is None:  # the model was saved without one: a new Adam starts
                continue
            if found.optimizer.beta_1 != optimizer.beta_1:
                raise SystemExit(f"--beta-1: expected {found.optimizer.beta_1} as in the model")
            copy_state(found.optimizer, optimizer)

    def save_models(self, folder):
        """Saves both models, each compiled with the Adam that trains it."""
        self.discriminator.trainable = True
        self.discriminator.save(folder / "discriminator.keras")
        trained = self.stack.optimizer
        notebook.compile_model(self.generator, float(trained.learning_rate), trained.beta_1)
        self.generator.optimizer.build(self.generator.trainable_variables)
        copy_state(trained, self.generator.optimizer)
        self.generator.save(folder / "generator.keras")

    def step(self, real, noise_for_fakes, noise, real_label):
        """Makes the three updates of one step, and returns their losses."""
        fakes = self.generator.predict(noise_for_fakes, verbose=0)
        # Keras reads `trainable` whenever it traces a step, and a new batch size makes it trace
        # again. So the flag must be right before every step, not only when compiling.
        self.discriminator.trainable = True
        d_real = self.discriminator.train_on_batch(real, np.full((len(real), 1), real_label))
        d_fake = self.discriminator.train_on_batch(fakes, np.zeros((len(fakes), 1)))
        self.discriminator.trainable = False
        g = self.stack.train_on_batch(noise, np.ones((len(noise), 1)))
        return d_real, d_fake, g

    def state(self):
        """Weights, moving statistics and optimizer state, by path."""
        return {
            **notebook.weights(self.generator),
            **notebook.weights(self.discriminator),
            **notebook.optimizer_slots(self.generator, self.stack.optimizer),
            **notebook.optimizer_slots(self.discriminator, self.discriminator.optimizer),
        }


def copy_state(source, target):
    """Copies iteration, learning rate and slots to another optimizer of the same weights."""
    for value, variable in zip(source.variables, target.variables, strict=True):
        variable.assign(value)


def load_images(path):
    """The training images of MNIST, float32 [count, 28, 28, 1] in [-1, 1]."""
    with np.load(path) as mnist:
        images = mnist["x_train"]
    return (images.reshape(-1, 28, 28, 1).astype("float32") - 127.5) / 127.5


def train(gan, images, options, output):
    """The training loop. One NumPy stream draws the batch, then noise twice, in this order."""
    batches = math.ceil(len(images) / options.batch_size)
    half_batch = math.ceil(options.batch_size / 2)
    save(gan, output, 0)
    with open(output / "history.csv", "w", newline="\n") as history:
        history.write(HEADER)
        for step in range(1, options.steps + 1):
            real = images[np.random.randint(0, len(images), half_batch)]
            noise_for_fakes = np.random.normal(0, 1, (half_batch, options.noise_dim))
            noise = np.random.normal(0, 1, (options.batch_size, options.noise_dim))
            losses = gan.step(real, noise_for_fakes, noise, options.label_smoothing)
            epoch = (step - 1) // batches + 1
            history.write(f"{step},{epoch},{','.join('%.9g' % loss for loss in losses)}\n")
            history.flush()
            if step == options.steps or options.save_every and step % options.save_every == 0:
                save(gan, output, step)


def save(gan, output, step):
    np.savez(output / f"weights-{step:06d}.npz", **gan.state())


def parse_options():
    parser = argparse.ArgumentParser(
        description="Trains the notebook's GAN in Keras.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--variant", choices=notebook.VARIANTS, default="upsampling")
    parser.add_argument("--mnist", required=True, help="mnist.npz in Keras's layout")
    parser.add_argument("--output", required=True, type=Path, help="folder to write to")
    parser.add_argument("--seed", type=int, default=42, help="0 to 2^32 - 1")
    parser.add_argument("--steps", type=int, default=20, help="number of training steps")
    parser.add_argument(
        "--save-every",
        type=int,
        default=0,
        help="save the weights every N steps; 0: only before the first step and after the last",
    )
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--learning-rate", type=float, default=notebook.LEARNING_RATE)
    parser.add_argument("--beta-1", type=float, default=notebook.BETA_1)
    parser.add_argument("--ema", type=float, default=0, help="momentum of the generator's weight average; 0: none")
    parser.add_argument("--noise-dim", type=int, default=notebook.NOISE_DIM)
    parser.add_argument("--label-smoothing", type=float, default=0.9, help="label of real images")
    parser.add_argument(
        "--initial-weights",
        nargs=2,
        metavar=("GENERATOR", "DISCRIMINATOR"),
        help="models to continue from, with their optimizers",
    )
    parser.add_argument("--save-models", action="store_true", help="save both models at the end")
    parser.add_argument("--threads", type=int, default=0, help="threads of TensorFlow; 0: TensorFlow decides")
    return parser.parse_args()


def main():
    options = parse_options()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    images = load_images(options.mnist)
    keras.utils.set_random_seed(options.seed)
    gan = Gan(options.variant, options.noise_dim, options.learning_rate, options.beta_1, options.ema)
    if options.initial_weights:
        gan.begin_with(*options.initial_weights)
    options.output.mkdir(parents=True, exist_ok=True)
    train(gan, images, options, options.output)
    if options.save_models:
        gan.save_models(options.output)


if __name__ == "__main__":
    main()

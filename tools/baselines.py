"""Trains and generates in another system, to compare its speed with the Java program.

    python tools/baselines.py --system keras|function|torch --variant upsampling --steps 5 --count 2000

`keras` is the notebook's loop: one `predict` and three `train_on_batch` calls. `function` is the
same step as one hand-written `tf.function`. `torch` is the same step in PyTorch with channels_last.
With `--precision mixed_bfloat16`, Keras uses that dtype policy, with the last layers in float32,
and PyTorch runs under autocast to bfloat16.

Prints one JSON object: seconds from the start of the process to the end of the first step,
milliseconds of each later step, images per second, and the peak of resident memory in MiB.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

REAL_LABEL = 0.9
PRECISIONS = ("float32", "mixed_bfloat16")
# The Java program also runs this many steps before it starts timing.
WARM_UP = 3


def since_start():
    """Seconds since the kernel started this process, so that imports count."""
    ticks = float(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    return float(Path("/proc/uptime").read_text().split()[0]) - ticks / 100


class KerasLoop:
    """The notebook's loop: one `predict` and three `train_on_batch` per step."""

    def __init__(self, options):
        import keras
        import train

        keras.config.set_dtype_policy(options.precision)
        self.gan = train.Gan(options.variant, 100, 2e-4, 0.5)
        self.batch = options.batch_size

    def step(self, real, fake_noise, noise):
        self.gan.step(real, fake_noise, noise, REAL_LABEL)

    def generate(self, noise):
        self.gan.generator.predict(noise, batch_size=256, verbose=0)


class HandWrittenFunction:
    """The whole step as one `tf.function`, with Keras's layers and Keras's Adam."""

    def __init__(self, options):
        import notebook
        import keras
        import tensorflow as tf

        self.tf = tf
        keras.config.set_dtype_policy(options.precision)
        self.generator = notebook.build_generator(options.variant)
        self.discriminator = notebook.build_discriminator()
        self.loss = keras.losses.BinaryCrossentropy()
        self.adam_d = keras.optimizers.Adam(2e-4, beta_1=0.5)
        self.adam_g = keras.optimizers.Adam(2e-4, beta_1=0.5)
        self.adam_d.build(self.discriminator.trainable_variables)
        self.adam_g.build(self.generator.trainable_variables)
        self.compiled = tf.function(self._step)
        self.images = tf.function(lambda noise: self.generator(noise, training=False))

    def _discriminate(self, images, label):
        with self.tf.GradientTape() as tape:
            judged = self.discriminator(images, training=True)
            loss = self.loss(self.tf.fill(self.tf.shape(judged), label), judged)
        weights = self.discriminator.trainable_variables
        self.adam_d.apply(tape.gradient(loss, weights), weights)
        return loss

    def _step(self, real, fake_noise, noise):
        real_loss = self._discriminate(real, REAL_LABEL)
        fake_loss = self._discriminate(self.generator(fake_noise, training=False), 0.0)
        with self.tf.GradientTape() as tape:
            judged = self.discriminator(self.generator(noise, training=True), training=True)
            loss = self.loss(self.tf.ones_like(judged), judged)
        weights = self.generator.trainable_variables
        self.adam_g.apply(tape.gradient(loss, weights), weights)
        return real_loss, fake_loss, loss

    def step(self, *inputs):
        losses = self.compiled(*(self.tf.constant(i, self.tf.float32) for i in inputs))
        [float(loss) for loss in losses]

    def generate(self, noise):
        for start in range(0, len(noise), 256):
            self.images(self.tf.constant(noise[start : start + 256], self.tf.float32)).numpy()


class Torch:
    """The step in eager PyTorch, with channels_last images."""

    def __init__(self, options):
        import torch
        from torch import nn

        self.torch = torch
        self.autocasts = options.precision == "mixed_bfloat16"

        class Images(nn.Module):
            def forward(self, x):
                return x.view(-1, 128, 7, 7).contiguous(memory_format=torch.channels_last)

        def enlarge(channels, filters):
            if options.variant == "upsampling":
                return [nn.Upsample(scale_factor=2), nn.Conv2d(channels, filters, 5, padding=2)]
            return [nn.ConvTranspose2d(channels, filters, 5, 2, padding=2, output_padding=1)]

        self.generator = nn.Sequential(
            nn.Linear(100, 7 * 7 * 128), Images(), nn.LeakyReLU(0.2),
            nn.BatchNorm2d(128, eps=1e-3, momentum=0.01), *enlarge(128, 64), nn.LeakyReLU(0.2),
            nn.BatchNorm2d(64, eps=1e-3, momentum=0.01), *enlarge(64, 1), nn.Tanh(),
        ).to(memory_format=torch.channels_last)  # fmt: skip
        self.discriminator = nn.Sequential(
            nn.Conv2d(1, 64, 5, 2, padding=2), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 5, 2, padding=2), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(7 * 7 * 128, 1),
        ).to(memory_format=torch.channels_last)  # fmt: skip
        self.loss = nn.BCEWithLogitsLoss()
        self.adam_d = torch.optim.Adam(self.discriminator.parameters(), 2e-4, (0.5, 0.999), 1e-7)
        self.adam_g = torch.optim.Adam(self.generator.parameters(), 2e-4, (0.5, 0.999), 1e-7)

    def _tensor(self, array):
        return self.torch.as_tensor(array, dtype=self.torch.float32)

    def _apply(self, model, x):
        with self.torch.autocast("cpu", self.torch.bfloat16, enabled=self.autocasts):
            y = model(x)
        return y.float()

    def _discriminate(self, images, label):
        judged = self._apply(self.discriminator, images)
        loss = self.loss(judged, self.torch.full_like(judged, label))
        self.adam_d.zero_grad()
        loss.backward()
        self.adam_d.step()
        return loss

    def step(self, real, fake_noise, noise):
        real = self._tensor(real).permute(0, 3, 1, 2)
        losses = [self._discriminate(real, REAL_LABEL)]
        with self.torch.no_grad():
            self.generator.eval()
            fakes = self._apply(self.generator, self._tensor(fake_noise))
            self.generator.train()
        losses.append(self._discriminate(fakes, 0.0))
        self.discriminator.requires_grad_(False)
        made = self._apply(self.generator, self._tensor(noise))
        judged = self._apply(self.discriminator, made)
        loss = self.loss(judged, self.torch.ones_like(judged))
        self.adam_g.zero_grad()
        loss.backward()
        self.adam_g.step()
        self.discriminator.requires_grad_(True)
        [float(each) for each in [*losses, loss]]

    def generate(self, noise):
        self.generator.eval()
        with self.torch.no_grad():
            for start in range(0, len(noise), 256):
                self._apply(self.generator, self._tensor(noise[start : start + 256])).numpy()


SYSTEMS = {"keras": KerasLoop, "function": HandWrittenFunction, "torch": Torch}


def main():
    parser = argparse.ArgumentParser(description="Measures the speed and memory of another system once.")
    parser.add_argument("--system", choices=SYSTEMS, required=True)
    parser.add_argument("--variant", choices=("upsampling", "transposed"), default="upsampling")
    parser.add_argument("--precision", choices=PRECISIONS, default=PRECISIONS[0])
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--count", type=int, default=2000, help="images to generate")
    options = parser.parse_args()
    import numpy as np

    random = np.random.RandomState(1)
    images = (random.randint(0, 256, (1024, 28, 28, 1)).astype("float32") - 127.5) / 127.5
    half = (options.batch_size + 1) // 2
    system = SYSTEMS[options.system](options)

    def step():
        real = images[random.randint(0, len(images), half)]
        system.step(real, random.normal(size=(half, 100)), random.normal(size=(options.batch_size, 100)))

    step()
    first = since_start()
    for _ in range(WARM_UP + options.steps):
        step()
    times = []
    for _ in range(options.steps):
        begun = time.perf_counter()
        step()
        times.append((time.perf_counter() - begun) * 1e3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rate = None
    if options.count:
        noise = random.normal(size=(options.count, 100)).astype("float32")
        system.generate(noise[:512])
        begun = time.perf_counter()
        system.generate(noise)
        rate = options.count / (time.perf_counter() - begun)
    json.dump(
        {"start_to_first_step_s": first, "step_ms": times, "generated_images_per_s": rate,
         "peak_memory_mib": peak},
        sys.stdout,
    )  # fmt: skip
    print()


if __name__ == "__main__":
    main()

"""Exports the results of the notebook's Keras models, stage by stage, for the Java program's verify.

    python tools/export_reference.py --variant upsampling --batch 4 --seed 3 --output REF.npz

    python tools/export_reference.py --model ANY.keras --output REF.npz

`--variant` names a generator, or `discriminator`. `--model` takes any Keras file with a Sequential
model; its layers get Keras's default names, such as `conv2d_1`, and the model is named `model`.
Only some elements of large tensors are stored, unless `--samples 0` is given.

The file is an .npz without pickle:

- `meta`: JSON in UTF-8, as uint8: variant, batch, seed, versions, the full shape of every tensor,
  and `kinks` (below);
- `keras/<stage>/<tensor>`: float32, computed by Keras in float32;
- `judge/<stage>/<tensor>`: float32, Keras's result in float64 minus that in float32. It separates
  rounding from errors. It is absent for values that are not computed, and in the later steps of a
  trajectory;
- `file/<name>`: uint8, a file written by Keras.

**Random numbers are not stored.** Each random tensor has a name and its own stream:
`RandomState(crc32("<seed>/<name>")).normal(0, 1, shape)`, in double. Inputs are these numbers in
float32; images are clipped to [-1, 1]. Weights are Keras's initial values for
`keras.utils.set_random_seed(seed)`, but constant values are replaced. Let n be the random numbers
named after the path: bias, beta and moving mean become 0.1 n, gamma 1 + 0.1 n, and moving variance
0.5 + 0.1 n n. With `--weights`, all weights come from a file instead.

**Kinks.** The gradient of a LeakyReLU jumps where its input crosses 0. In a correct float32 run, an
input very close to 0 may have either sign because of rounding, which changes gradients far more
than rounding does. `kinks` maps a tensor to the relative error that such changes of sign can cause;
a comparison adds it to the tolerance. It is measured in float64, with the kinks moved up and down
by `KINK_WIDTH` times the root mean square of the input.

**Sampling.** If a tensor has more than `--samples` elements, only those at the flat row-major
indices floor(i * size / samples), i = 0 ... samples - 1, are stored; 0 stores all. Grid and history
are always complete.

**Precision.** With `--precision mixed_bfloat16` Keras computes under that dtype policy, but the last
layer of each model in float32; `judge` is still the difference from float64.

**Stages of a network**

- `initial`: weights from the seed; `weights`: those that the following stages use;
- `layer`: each layer alone, with random input; `inference` and `training`: all layers in a chain;
- `every_layer`: layers of every kind, one at a time, with their gradients (`every_layer.py`); only in
  the discriminator's reference;
- `loss`: of given logits;
- `gradient`: of every variable; for a generator, from a random gradient of its images;
- `moving`: moving statistics after one batch, also starting from zero;
- `adam`: one update with given moments, at t = 1 and 1000; in the discriminator's reference also
  with other settings;
- `trajectory`: whole GAN steps from one seed: losses, changes since the start, the average of the
  weights, moving statistics as plain means, and the losses of a larger batch; in the discriminator's
  reference, steps of other networks (`custom_networks.py`);
- `savedmodel`; `grid`: 2 x 2 images as gray values, grids of color images and of pixels in [0, 1],
  single pictures, and an animation.

**Stages of the training around the networks**

- `settings`: the notebook's; `data`: pixels scaled to [-1, 1], and to [0, 1] for generators that end
  in a sigmoid; in the discriminator's reference, images from files of several forms
  (`image_files.py`);
- `draws`: the seeds of initializers, the first batches and their noise, the noise of the samples and
  of the greatest seed, and an interpolation between two seeds;
- `loop`: epochs, the text of `history.csv`, and a short training with its losses, outputs of the
  discriminator, samples and their picture;
- `files`: a small model that Keras wrote in three formats, and one of all layers; only in the
  discriminator's reference.
"""

import argparse
import contextlib
import json
import math
import random
import re
import sys
import tempfile
import zlib
from pathlib import Path

import notebook  # first: it sets TensorFlow's log level

import keras
import numpy as np
import tensorflow as tf

import custom_networks
import every_layer
import image_files
import train

FORMAT = 3
# The exit status for a model that can't be exported.
MODEL_REFUSED = 3
NETWORKS = (*notebook.VARIANTS, "discriminator")
STEPS = 3
REAL_LABEL = 0.9
LABELS = (0.0, 0.9, 1.0)
# Not symmetric, so that the mean depends on the label. At 20 with label 0, a loss from
# probabilities cut to 1 - 1e-7 is 15.9.
LOGITS = (-12.0, -5.0, -0.5, 0.0, 0.5, 5.0, 20.0)
# A separate tensor: beside the sigmoids of LOGITS, errors of these tiny ones would not show.
TAIL = (-16.0, -20.0, -30.0, -60.0)
# Names of layers and initializers do not matter once the weights are set.
UNIMPORTANT = re.compile("name|trainable|dtype|.*_initializer")
ADAM_SIZE = 509
ADAM_STEPS = (1, 1000)
ADAM_EMA = 0.9
# With SMALL_ADAM, because the notebook's beta_1 of 0.5 equals 1 - beta_1 and hides a mix-up.
OTHER_ADAM_STEP = 7
GRID, SEPARATOR, WHITE = 2, 2, 255
# Correct float32 runs differ by 1e-6 to 2e-6 in forward passes.
KINK_WIDTH = 5e-6
SMALLEST_KINK = 1e-6
EPOCHS = 50
# 3 does not divide 5, so an epoch has 2 steps, and half a batch of 3 is 2 images. A step draws an
# odd number of normal values, so that NumPy's stream keeps one for the next step.
IMAGES, LOOP_BATCH, LOOP_STEPS, LOOP_NOISE_DIM = 5, 3, 6, 7
LOOP_EMA = 0.5
SAMPLES_SIDE = 10
# Keras predicts the fakes of half a batch in chunks of 32: here 32 and 18.
CHUNKED_BATCH = 100
GREATEST_SEED = 2**32 - 1
SEEDS_DRAWN = 30
# Frames are enlarged by a whole factor to about this side.
WATCHABLE_SIDE = 224
# As in `generate --interpolate 1 7 --grid 3x2`.
WALK, WIDE_GRID = (1, 7), (3, 2)
# Written to the history: exponents, a float32 that is not a short decimal, an integer.
LOSSES = (
    (0.693147182, 0.1, 1e-7),
    (1.0, 12345678.0, 3.40282347e38),
    (0.333333343, 2.5e-5, 100000.0),
    (1e9, 0.0001, 123.456),
    (16777216.0, 1e10, 7.0),
    (0.5, 0.25, 1.17549435e-38),
)
# Halfway between two texts of nine digits, at the limits of exponents, and no finite numbers.
DIGITS = (
    (1048576.125, 131072.0625, 1048576.375),
    (9.99999975e-5, 999999936.0, 1.40129846e-45),
    (math.nan, math.inf, -math.inf),
    (-0.0, 0.0, -1048576.125),
    (16777215.0, 99999.9922, 3.0),
    (-1.5e-7, 2097152.25, 0.3),
)
# Learning rate, beta_1, beta_2, epsilon: none is a default.
SMALL_ADAM = (0.01, 0.6, 0.99, 1e-5)
# The name of a model from a file.
MODEL = "model"
RANDOM = (keras.layers.Dropout, keras.layers.GaussianNoise, keras.layers.SpatialDropout2D)
JUDGED = ("layer", "inference", "training", "loss", "gradient", "moving", "adam", "trajectory", "savedmodel")


class Stream:
    """Random numbers by name, independent of other draws."""

    def __init__(self, seed):
        self.seed = seed

    def normal(self, name, shape):
        """Normal values in double."""
        return np.random.RandomState(zlib.crc32(f"{self.seed}/{name}".encode())).normal(0, 1, shape)

    def noise(self, name, shape):
        return self.normal(name, shape).astype("float32")

    def images(self, name, shape):
        return np.clip(self.noise(name, shape), np.float32(-1), np.float32(1))


class Network:
    """One network, its weights in float32, and its random inputs."""

    def __init__(self, options):
        self.options = options
        self.stream = Stream(options.seed)
        keras.utils.set_random_seed(options.seed)
        self.config, found = read_model(options.model) if options.model else (None, None)
        model = self.build()
        self.initial = notebook.weights(model)
        if options.model:
            self.weights = dict(zip(self.initial, found, strict=True))
        else:
            self.weights = read_weights(options.weights, model) if options.weights else self.moved()
        self.input_shape = (options.batch, *model.input_shape[1:])
        self.input = (self.stream.images if self.is_discriminator else self.stream.noise)(
            "input", self.input_shape
        )

    @property
    def is_discriminator(self):
        return self.options.variant == "discriminator"

    @property
    def is_random(self):
        """Whether training draws random numbers, so that two runs differ."""
        return any(isinstance(layer, RANDOM) for layer in self.build().layers)

    def build(self):
        if self.config:
            config = of_type(self.config, keras.config.floatx())
            for layer in config["layers"][:-1]:
                if layer["class_name"] != "InputLayer":
                    layer["config"]["dtype"] = keras.config.dtype_policy().name
            return keras.Sequential.from_config(config)
        if self.is_discriminator:
            return notebook.build_discriminator()
        return notebook.build_generator(self.options.variant, self.options.noise_dim)

    def moved(self):
        offsets = {
            "bias": lambda n: 0.1 * n,
            "gamma": lambda n: 1.0 + 0.1 * n,
            "beta": lambda n: 0.1 * n,
            "moving_mean": lambda n: 0.1 * n,
            "moving_variance": lambda n: 0.5 + 0.1 * n * n,
        }
        weights = dict(self.initial)
        for path, value in weights.items():
            move = offsets.get(path.rsplit("/", 1)[1])
            if move:
                weights[path] = move(self.stream.normal(path, value.shape)).astype("float32")
        return weights

    def model(self, dtype):
        """A model of that type with the weights."""
        set_type(dtype, self.options.precision)
        model = self.build()
        assign(model, self.weights)
        return model


def set_type(dtype, precision="float32"):
    """Keras's type, and under float32 its dtype policy."""
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(precision if dtype == "float32" else dtype)


def load(path):
    """A stored model; ends the script with MODEL_REFUSED if Keras can't load it."""
    try:
        return keras.models.load_model(path, compile=False)
    except (ValueError, TypeError) as failure:
        # Keras appends the whole description of the model.
        refuse(f"{type(failure).__name__}: " + re.split(r"[.]\s|\n", str(failure))[0])


def refuse(reason):
    """Ends the script because of the model that the user named."""
    print(reason, file=sys.stderr)
    raise SystemExit(MODEL_REFUSED)


def read_model(path):
    """The configuration of a Sequential model, with standard names, and its weights in order."""
    model = load(path)
    if not isinstance(model, keras.Sequential):
        refuse(f"a {type(model).__name__}")
    config = standard_names(model.get_config(), MODEL)
    return config, [variable.numpy() for layer in model.layers for variable in layer.weights]


def standard_names(config, name):
    """The configuration with Keras's default names of layers."""
    config["name"] = name
    counts = {}
    for layer in config["layers"]:
        kind = notebook._snake_case(layer["class_name"].rsplit(">", 1)[-1])
        count = counts.get(kind, 0)
        counts[kind] = count + 1
        layer["config"]["name"] = f"{kind}_{count}" if count else kind
    return config


def of_type(config, dtype):
    """The configuration of the same model in another floating-point type."""
    if isinstance(config, dict):
        return {
            key: dtype if key == "dtype" else of_type(value, dtype) for key, value in config.items()
        }
    return [of_type(value, dtype) for value in config] if isinstance(config, list) else config


def assign(model, weights):
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(weights[f"{model.name}/{layer.name}/{variable.name}"])


def read_weights(file, model):
    """Weights by path from an .npz, or from a model that Keras loads."""
    if file.suffix == ".npz":
        with np.load(file, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
    else:
        loaded = load(file)
        layers = zip(model.layers, loaded.layers, strict=True)
        found = {
            f"{model.name}/{ours.name}/{variable.name}": variable.numpy()
            for ours, theirs in layers
            for variable in theirs.weights
        }
        require_same_layers(file, model, loaded)
    expected = notebook.weights(model)
    for path, value in expected.items():
        if path not in found or found[path].shape != value.shape:
            received = found[path].shape if path in found else "none"
            raise SystemExit(
                f"weights '{file}' at '{path}': expected {value.shape}, received {received}."
            )
    return {path: found[path].astype("float32") for path in expected}


def require_same_layers(file, model, loaded):
    """Rejects a model with other layers, even if its weights fit."""
    for ours, theirs in zip(model.layers, loaded.layers, strict=True):
        expected, received = (
            json.dumps({k: v for k, v in layer.get_config().items() if not UNIMPORTANT.fullmatch(k)})
            for layer in (ours, theirs)
        )
        if type(ours).__name__ != type(theirs).__name__ or expected != received:
            raise SystemExit(
                f"weights '{file}' at '{theirs.name}': expected {expected}, received {received}."
            )


def graph(function):
    """A graph without XLA, like Keras's own functions."""
    return tf.function(function, jit_compile=False)


def numpy_of(tensors):
    return {name: tensor.numpy() for name, tensor in tensors.items()}


def layers_alone(network, model):
    found = {}
    for layer in model.layers:
        shape = (network.options.batch, *layer.input.shape[1:])
        x = network.stream.noise(f"layer/{layer.name}/input", shape).astype(layer.compute_dtype)
        found[f"layer/{layer.name}"] = graph(lambda x, layer=layer: layer(x, training=False))(x)
        if isinstance(layer, keras.layers.BatchNormalization):
            found[f"layer/{layer.name}.training"] = graph(
                lambda x, layer=layer: layer(x, training=True)
            )(x)
    assign(model, network.weights)
    return numpy_of(found)


def chained(model, x, stage):
    """The output of every layer, one feeding the next."""
    training = stage == "training"

    @graph
    def run(x):
        outputs = {}
        for layer in model.layers:
            x = layer(x, training=training)
            outputs[f"{stage}/{layer.name}"] = x
        return outputs

    return numpy_of(run(x))


def moving(model, network, x):
    found = {}
    for suffix, start in (("", network.weights), (".from_zero", zeroed(network.weights))):
        assign(model, start)
        graph(lambda x: model(x, training=True))(x)
        for path, value in notebook.weights(model).items():
            if "/moving_" in path:
                found[f"moving/{path}{suffix}"] = value
    assign(model, network.weights)
    return found


def zeroed(weights):
    return {path: value * 0 if "/moving_" in path else value for path, value in weights.items()}


def gradients(model, network, x):
    """The gradient of every trainable variable, as in the graph of the train step."""
    crossentropy = keras.losses.BinaryCrossentropy()
    shape = (network.options.batch, *model.output_shape[1:])
    drawn = network.stream.noise("gradient/output", shape).astype(x.dtype)

    @graph
    def run(x, upstream):
        with tf.GradientTape() as tape:
            y = model(x, training=True)
            loss = crossentropy(tf.fill(y.shape, tf.cast(REAL_LABEL, y.dtype)), y)
        variables = [variable.value for variable in model.trainable_variables]
        if network.is_discriminator:
            return tape.gradient(loss, variables)
        return tape.gradient(y, variables, output_gradients=upstream)

    paths = [
        f"gradient/{model.name}/{layer.name}/{variable.name}"
        for layer in model.layers
        for variable in layer.trainable_weights
    ]
    found = dict(zip(paths, (g.numpy() for g in run(x, drawn)), strict=True))
    assign(model, network.weights)
    return found


def losses(dtype):
    """Loss and gradient for given logits and each label; also for the logit 20 alone."""
    crossentropy = keras.losses.BinaryCrossentropy()

    @graph
    def run(x, y):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = crossentropy(y, keras.activations.sigmoid(x))
        return loss, tape.gradient(loss, x)

    found = {}
    cases = [(f"label_{label}", LOGITS, label) for label in LABELS]
    for name, logits, label in [*cases, ("clipping", LOGITS[-1:], 0.0), ("tail", TAIL, 0.0)]:
        x = tf.constant(logits, dtype, (len(logits), 1))
        loss, by_logits = run(x, tf.fill(x.shape, tf.cast(label, dtype)))
        found[f"loss/{name}"] = loss.numpy()
        found[f"loss/{name}.by_logits"] = by_logits.numpy()
    tail = tf.constant(TAIL, dtype, (len(TAIL), 1))
    found["loss/sigmoid"] = graph(keras.activations.sigmoid)(tail).numpy()
    return found


def adam_input(stream, case, name):
    """Random numbers of many magnitudes."""
    n = stream.normal(f"adam/{case}/{name}", (ADAM_SIZE,))
    return (n * n * n * 1e-5).astype("float32")


def adam(network, dtype):
    settings = (notebook.LEARNING_RATE, notebook.BETA_1)
    found = {}
    for step in ADAM_STEPS:
        found |= adam_update(network.stream, str(step), step, settings, dtype)
    if network.is_discriminator:
        found |= adam_update(network.stream, "other", OTHER_ADAM_STEP, SMALL_ADAM, dtype)
    return found


def adam_update(stream, name, step, settings, dtype):
    """One update, and the average of the weights after it."""
    # Starting from zero, the new weight is exactly minus the update.
    weight = keras.Variable(np.zeros(ADAM_SIZE, dtype), dtype=dtype)
    optimizer = keras.optimizers.Adam(*settings, use_ema=True, ema_momentum=ADAM_EMA)
    optimizer.build([weight])
    optimizer.iterations.assign(step - 1)
    average = optimizer._model_variables_moving_average[0]
    if step > 1:
        optimizer._momentums[0].assign(adam_input(stream, name, "momentum"))
        optimizer._velocities[0].assign(adam_input(stream, name, "velocity") ** 2)
        average.assign(adam_input(stream, name, "average"))
    graph(lambda g: optimizer.apply([g]))(adam_input(stream, name, "gradient").astype(dtype))
    return {
        f"adam/{name}/momentum": optimizer._momentums[0].numpy(),
        f"adam/{name}/velocity": optimizer._velocities[0].numpy(),
        f"adam/{name}/update": -weight.numpy(),
        f"adam/{name}/average": -average.numpy(),
    }


def trajectory(network, dtype, steps=STEPS):
    """Losses of every step, and the changes since the start after the first and the last."""
    options = network.options
    set_type("float32")
    keras.utils.set_random_seed(options.seed)
    start = build_gan(options).state()
    set_type(dtype, options.precision)
    gan = build_gan(options, LOOP_EMA)
    assign(gan.generator, start)
    assign(gan.discriminator, start)
    found = {}
    for step in range(1, steps + 1):
        name = f"trajectory/{step}"
        draws = (draw.astype(dtype) for draw in step_draws(network, step))
        found[f"{name}/losses"] = np.array(gan.step(*draws, REAL_LABEL), dtype)
        if step in (1, STEPS):
            for path, value in gan.state().items():
                # In later steps, the average tells no more than the weights.
                if not path.endswith("/iteration") and (step == 1 or not path.startswith("average/")):
                    begin = start[path.removeprefix("average/")]
                    found[f"{name}/{path}"] = value.astype("float64") - begin
    return found


def chunked(network):
    """The losses of a step whose fakes Keras predicts in two chunks."""
    set_type("float32", network.options.precision)
    keras.utils.set_random_seed(network.options.seed)
    images, fake_noise, noise = step_draws(network, "chunks", CHUNKED_BATCH)
    # Fresh generators make nearly equal fakes of all noise of one size, so the noise grows.
    fake_noise *= np.arange(len(fake_noise), dtype="float32")[:, np.newaxis]
    losses = build_gan(network.options).step(images, fake_noise, noise, REAL_LABEL)
    return {"trajectory/chunks/losses": np.array(losses, "float32")}


def step_draws(network, step, batch=None):
    """Images and noise of a step of the trajectory."""
    stream, noise_dim = network.stream, network.options.noise_dim
    batch = batch or network.options.batch
    half = (batch + 1) // 2
    return (
        stream.images(f"trajectory/{step}/images", (half, *notebook.IMAGE_SHAPE)),
        stream.noise(f"trajectory/{step}/fake_noise", (half, noise_dim)),
        stream.noise(f"trajectory/{step}/noise", (batch, noise_dim)),
    )


def cumulative(network):
    """Moving statistics as means of all batches: Keras's with the momentum 1 - 1 / step."""
    set_type("float32", network.options.precision)
    keras.utils.set_random_seed(network.options.seed)
    gan = build_gan(network.options)
    momentum = tf.Variable(0.0)
    for layer in gan.generator.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = momentum
    found = {}
    for step in range(1, STEPS + 1):
        momentum.assign(1 - 1 / step)
        gan.step(*step_draws(network, step), REAL_LABEL)
        if step in (1, STEPS):
            for path, value in notebook.weights(gan.generator).items():
                if "/moving_" in path:
                    found[f"trajectory/cumulative/{step}/{path}"] = value
    return found


@contextlib.contextmanager
def moved_kinks(shift):
    """LeakyReLUs whose slope changes at `shift` times the root mean square of their input."""
    original = keras.layers.LeakyReLU.call

    def call(self, x):
        kink = shift * tf.sqrt(tf.reduce_mean(x * x))
        return tf.where(x > kink, x, tf.cast(self.negative_slope, x.dtype) * x)

    keras.layers.LeakyReLU.call = call
    try:
        yield
    finally:
        keras.layers.LeakyReLU.call = original


def kinks(network, double):
    """The relative errors that inputs of LeakyReLUs within rounding of 0 can cause."""
    errors = {}
    if network.is_random:
        return errors
    for shift in (-KINK_WIDTH, KINK_WIDTH):
        with moved_kinks(shift):
            model = network.model("float64")
            found = gradients(model, network, network.input.astype("float64"))
            if is_trained(network):
                found |= trajectory(network, "float64", steps=1)
        for key, value in found.items():
            size = np.linalg.norm(double[key])
            error = np.linalg.norm(value - double[key]) / (size or 1)
            errors[key] = errors.get(key, 0) + error
    return {key: float("%.3g" % error) for key, error in errors.items() if error > SMALLEST_KINK}


def is_trained(network):
    return not network.options.weights and network.options.variant in ("upsampling", "transposed")


class RecordedGan:
    """Replaces the GAN in the training loop: records its inputs and returns given losses."""

    def __init__(self, losses):
        self.losses = losses
        self.inputs = []

    def step(self, *inputs):
        self.inputs.append(inputs)
        return tuple(np.float32(loss) for loss in self.losses[len(self.inputs) - 1])

    def state(self):
        return {}


def training_loop(options):
    """Draws and files of the training script's loop, and a short training."""
    set_type("float32", options.precision)
    pixels = np.arange(IMAGES * 784)
    pixels = ((31 * pixels + pixels // 784) % 256).astype("uint8").reshape(IMAGES, 28, 28)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        np.savez(folder / "mnist.npz", x_train=pixels)
        sys.argv[1:] = ["--mnist", str(folder / "mnist.npz"), "--output", str(folder)]
        defaults = train.parse_options()
        adam = keras.optimizers.Adam(defaults.learning_rate, beta_1=defaults.beta_1)
        settings = (
            EPOCHS, defaults.batch_size, defaults.noise_dim, defaults.label_smoothing,
            defaults.learning_rate, adam.beta_1, adam.beta_2, adam.epsilon, defaults.ema,
            keras.layers.BatchNormalization().momentum,
            notebook.VARIANTS.index(defaults.variant),
        )
        images = train.load_images(defaults.mnist)
        defaults.batch_size, defaults.steps, defaults.noise_dim = LOOP_BATCH, LOOP_STEPS, LOOP_NOISE_DIM
        recorded = RecordedGan(DIGITS)
        train.train(recorded, images, defaults, folder)
        digits = (folder / "history.csv").read_bytes()
        keras.utils.set_random_seed(options.seed)
        recorded = RecordedGan(LOSSES)
        train.train(recorded, images, defaults, folder)
        history = (folder / "history.csv").read_bytes()
        keras.utils.set_random_seed(options.seed)
        gan = train.Gan(
            options.variant, LOOP_NOISE_DIM, notebook.LEARNING_RATE, notebook.BETA_1, LOOP_EMA
        )
        outputs = record_outputs(gan.discriminator)
        train.train(gan, images, defaults, folder)
        losses = np.loadtxt(folder / "history.csv", delimiter=",", skiprows=1)
    names = ("images", "fake_noise", "noise")
    batches = math.ceil(IMAGES / LOOP_BATCH)
    epochs = LOOP_STEPS // batches
    noise = seeded_noise(options.seed, SAMPLES_SIDE**2, LOOP_NOISE_DIM)
    samples = averaged_generator(gan).predict(noise, verbose=0)
    return {
        "settings/notebook": np.array(settings, "float64"),
        "settings/significant_bits": np.array([np.finfo(keras.config.floatx()).nmant + 1]),
        "data/pixels": images,
        "data/pixels_of_unit": pixels[..., np.newaxis].astype("float32") / 255,
        **{
            f"draws/{name}": np.stack([step[i] for step in recorded.inputs]).astype("float32")
            for i, name in enumerate(names)
        },
        "draws/samples": noise,
        "draws/initializer_seeds": initializer_seeds(options.seed, GREATEST_SEED),
        "draws/greatest_seed": seeded_noise(GREATEST_SEED, 1, LOOP_NOISE_DIM),
        "draws/walk": walk(*WALK, math.prod(WIDE_GRID), options.noise_dim),
        "loop/epochs": losses[:, 1],
        "loop/history": np.frombuffer(history, "uint8").astype("float32"),
        "loop/history_digits": np.frombuffer(digits, "uint8").astype("float32"),
        "loop/losses": losses[:, 2:],
        "loop/means": losses[:, 2:].reshape(epochs, batches, 3).mean(axis=1),
        "loop/outputs": np.reshape(outputs, (LOOP_STEPS, 2)),
        "loop/progress": np.array([(epoch, epochs, 1, batches) for epoch in range(1, epochs + 1)]),
        "loop/samples": samples,
        "loop/picture": gray_grid(samples, SAMPLES_SIDE, SAMPLES_SIDE),
    }


def record_outputs(discriminator):
    """A list to which each later update adds the mean output for its images before it."""
    outputs = []
    update = discriminator.train_on_batch

    def recorded(images, labels):
        outputs.append(discriminator(images, training=True).numpy().mean())
        return update(images, labels)

    discriminator.train_on_batch = recorded
    return outputs


def initializer_seeds(*seeds):
    """What Keras draws for initializers after a seed: the upper bits and the lower 16 of each."""
    drawn = []
    for seed in seeds:
        stream = random.Random(seed)
        drawn.append([stream.randint(1, 10**9) for _ in range(SEEDS_DRAWN)])
    return np.stack(np.divmod(np.array(drawn), 2**16), axis=-1)


def seeded_noise(seed, count, noise_dim):
    """The noise that NumPy draws after a seed."""
    return np.random.RandomState(seed).normal(0, 1, (count, noise_dim)).astype("float32")


def walk(first, last, count, noise_dim):
    """Noise from that of one seed to that of another, in equal steps of float32."""
    start, end = (seeded_noise(seed, 1, noise_dim) for seed in (first, last))
    part = (np.arange(count, dtype="float32") / np.float32(count - 1))[:, np.newaxis]
    return start + part * (end - start)


def averaged_generator(gan):
    """The generator with the averages of its weights that the optimizer keeps."""
    for path, value in notebook.optimizer_slots(gan.generator, gan.stack.optimizer).items():
        if path.startswith("average/"):
            _, _, layer, name = path.split("/")
            found = {v.name: v for v in gan.generator.get_layer(layer).weights}
            found[name].assign(value)
    return gan.generator


def small_model():
    """A model of all layers that is small enough to be stored."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((3,), name="input"),
            layers.Dense(8, name="dense"),
            layers.Reshape((2, 2, 2), name="reshape"),
            layers.LeakyReLU(0.3, name="leaky_re_lu"),
            layers.BatchNormalization(momentum=0.9, epsilon=0.01, name="batch_normalization"),
            layers.UpSampling2D((2, 3), name="up_sampling2d"),
            layers.Conv2D(3, (3, 2), padding="same", activation="tanh", name="conv2d"),
            layers.Conv2DTranspose(2, (2, 3), (2, 1), padding="same", name="conv2d_transpose"),
            layers.BatchNormalization(name="batch_normalization_1"),
            layers.Flatten(name="flatten"),
            layers.Dense(1, activation="sigmoid", name="dense_1"),
        ],
        name="small",
    )


ACTIVATIONS = (
    "tanh", "selu", "silu", "hard_sigmoid", "leaky_relu", "elu", "softplus", "exponential", "relu6",
    "relu", "sigmoid", "linear",
)


def model_of_all_layers():
    """Every layer that the Java program has, with arguments that are not the defaults."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((6, 7, 2), name="input"),
            layers.ZeroPadding2D(((1, 0), (0, 2))),
            layers.Conv2D(3, (3, 2), dilation_rate=(1, 2), use_bias=False),
            layers.UpSampling2D((2, 3), interpolation="bilinear"),
            layers.UpSampling2D((3, 1)),
            layers.MaxPooling2D((2, 3), strides=(1, 2), padding="same"),
            layers.AveragePooling2D((3, 2), strides=(2, 1), padding="same"),
            layers.Cropping2D(((1, 2), (0, 1))),
            layers.BatchNormalization(momentum=0.8, epsilon=0.1),
            layers.ELU(0.7),
            layers.Conv2DTranspose(3, (3, 2), (2, 1), padding="valid", use_bias=False),
            layers.GaussianNoise(0.3),
            layers.ReLU(),
            layers.Conv2D(3, (3, 2), dilation_rate=(2, 3), padding="same"),
            layers.Conv2D(4, (2, 3), strides=2, padding="same"),
            layers.LeakyReLU(0.4),
            layers.Dropout(0.4),
            layers.GlobalMaxPooling2D(keepdims=True),
            layers.ZeroPadding2D(1),
            layers.GlobalAveragePooling2D(),
            *[
                layer
                for activation in ACTIVATIONS
                for layer in (layers.Dense(5), layers.Activation(activation))
            ],
        ],
        name="layers",
    )


def all_layers(network):
    """The model of all layers as a file that Keras wrote, and the output of each layer."""
    set_type("float32")
    keras.utils.set_random_seed(network.options.seed)
    config = standard_names(model_of_all_layers().get_config(), "layers")
    model = keras.Sequential.from_config(config)
    moved = {}
    for path, value in notebook.weights(model).items():
        n = network.stream.normal(path, value.shape)
        moved[path] = (value + 0.3 * (n * n if "variance" in path else n)).astype("float32")
    assign(model, moved)
    x = network.stream.noise("files/layers", (network.options.batch, *model.input_shape[1:]))
    found = {f"files/layers.keras/{path}": value for path, value in notebook.weights(model).items()}
    for name, value in chained(model, x, "inference").items():
        found[name.replace("inference/", "files/layers.keras/outputs/")] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.keras"
        model.save(path)
        return found, {"layers.keras": np.frombuffer(path.read_bytes(), "uint8")}


def files(network):
    """A small trained model in Keras's three formats: bytes, weights, Adam's state, outputs."""
    set_type("float32")
    keras.utils.set_random_seed(network.options.seed)
    model = small_model()
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(*SMALL_ADAM),
        jit_compile=False,
    )
    x = network.stream.noise("files/input", (network.options.batch, 3))
    for step in range(2):
        model.train_on_batch(x, np.full((len(x), 1), step))
    found, stored = {}, {}
    state = notebook.weights(model)
    slots = notebook.optimizer_slots(model, model.optimizer)
    with tempfile.TemporaryDirectory() as folder:
        for ending in (".keras", ".weights.h5", ".h5"):
            path = Path(folder) / f"small{ending}"
            (model.save_weights if ending == ".weights.h5" else model.save)(path)
            stored[path.name] = np.frombuffer(path.read_bytes(), "uint8")
            found |= {f"files/{path.name}/{key}": value for key, value in (state | slots).items()}
            if ending != ".weights.h5":
                found[f"files/{path.name}/adam"] = np.array(SMALL_ADAM)
            found[f"files/{path.name}/output"] = graph(lambda x: model(x, training=False))(x).numpy()
    more, one = all_layers(network)
    found = {key: np.asarray(value, "float32") for key, value in (found | more).items()}
    return found, stored | one


def build_gan(options, ema=0):
    return train.Gan(
        options.variant, options.noise_dim, notebook.LEARNING_RATE, notebook.BETA_1, ema
    )


def gray_grid(images, columns=GRID, rows=GRID):
    """The grid as the gray values of a PNG, with white lines between and white where no image is."""
    return grid(levels(images[..., 0]), columns, rows)


def levels(images):
    """The 8-bit levels of pixels in [-1, 1]."""
    return np.clip(np.floor((images.astype("float64") + 1.0) * 127.5 + 0.5), 0, WHITE)


def grid(images, columns, rows):
    height, width, *channels = images.shape[1:]
    size = (rows * (height + SEPARATOR) - SEPARATOR, columns * (width + SEPARATOR) - SEPARATOR)
    found = np.full((*size, *channels), WHITE)
    for i, image in enumerate(images[: columns * rows]):
        top, left = i // columns * (height + SEPARATOR), i % columns * (width + SEPARATOR)
        found[top : top + height, left : left + width] = image
    return found.astype("float32")


def pictures(stream):
    """Pictures of made images: grids that are not square, in gray, in color and of pixels in [0, 1],
    single pictures, and an animation."""
    color = stream.noise("grid/color", (5, 3, 4, 3))
    unit = stream.noise("grid/unit", (5, 3, 4, 1))
    frames = levels(stream.noise("grid/animation", (3, 2, 3, 1))[..., 0])
    factor = WATCHABLE_SIDE // max(frames.shape[1:])
    return {
        "grid/wide": gray_grid(stream.noise("grid/images", (5, 3, 4, 1)), *WIDE_GRID),
        "grid/color": grid(levels(color), *WIDE_GRID),
        "grid/unit": gray_grid(2 * np.clip(unit, 0, 1) - 1, *WIDE_GRID),
        "grid/single": levels(unit[..., 0]),
        "grid/animation": frames.repeat(factor, axis=1).repeat(factor, axis=2).astype("float32"),
    }


def compute(network, dtype):
    """All stages in one floating-point type."""
    model = network.model(dtype)
    x = network.input.astype(dtype)
    found = {f"weights/{path}": value for path, value in notebook.weights(model).items()}
    found |= layers_alone(network, model)
    found |= chained(model, x, "inference")
    found |= losses(dtype)
    if not network.is_random:
        found |= chained(model, x, "training")
        assign(model, network.weights)
        found |= gradients(model, network, x)
        found |= moving(model, network, x)
    found |= adam(network, dtype)
    output = found[f"inference/{model.layers[-1].name}"]
    # Exported, also with constants for variables, and with batch normalization folded.
    for form in ("", ".frozen", ".folded"):
        found[f"savedmodel/output{form}"] = output
    if network.options.variant in notebook.VARIANTS:
        found["grid/pixels"] = gray_grid(output)
    if not network.options.weights and not network.options.model:
        found = {f"initial/{path}": value for path, value in network.initial.items()} | found
        if is_trained(network):
            found |= trajectory(network, dtype)
    return found


def is_judged(key):
    """Whether float64 distinguishes rounding from errors: in later steps the input of a LeakyReLU may
    lie on the other side of 0, which is neither."""
    stage, name = key.split("/", 1)
    return stage in JUDGED and (stage != "trajectory" or name.startswith("1/"))


def sampled(key, values, samples):
    flat = np.ascontiguousarray(values).reshape(-1)
    if not samples or flat.size <= samples or key.startswith(("grid/", "loop/history")):
        return flat
    return flat[np.arange(samples) * flat.size // samples]


def write(network, single, double, allowed, stored):
    options = network.options
    meta = {
        "format": FORMAT,
        "variant": options.variant,
        "weights": "file" if options.weights or options.model else "seed",
        "noise_dim": options.noise_dim,
        "batch": options.batch,
        "seed": options.seed,
        "samples": options.samples,
        "precision": options.precision,
        "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        "kinks": allowed,
        "shapes": {key: list(np.shape(value)) for key, value in single.items()},
    }
    arrays = {"meta": np.frombuffer(json.dumps(meta, indent=1).encode(), "uint8")}
    for key, value in single.items():
        arrays[f"keras/{key}"] = sampled(key, value, options.samples).astype("float32")
        if is_judged(key):
            error = double[key].astype("float64") - np.asarray(value, "float64")
            arrays[f"judge/{key}"] = sampled(key, error, options.samples).astype("float32")
    arrays |= {f"file/{name}": content for name, content in stored.items()}
    # A file object, since NumPy appends .npz to other names.
    with open(options.output, "wb") as file:
        np.savez_compressed(file, **arrays)


def parse_options():
    parser = argparse.ArgumentParser(
        description="Exports a reference from the notebook's Keras models.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--variant", choices=NETWORKS, default="upsampling")
    parser.add_argument("--batch", type=int, default=4, help="samples, at least 4")
    parser.add_argument("--seed", type=int, default=3, help="0 to 2^32 - 1")
    parser.add_argument("--noise-dim", type=int, default=notebook.NOISE_DIM)
    parser.add_argument("--samples", type=int, default=67, help="elements stored of each tensor; 0: all")
    parser.add_argument("--weights", type=Path, help="weights: an .npz with paths as names, or a Keras model")
    parser.add_argument("--model", type=Path, help="any Keras file with a Sequential model")
    parser.add_argument("--precision", choices=("float32", "mixed_bfloat16"), default="float32")
    parser.add_argument("--threads", type=int, default=0, help="threads of TensorFlow; 0: TensorFlow decides")
    parser.add_argument("--output", required=True, type=Path, help="the .npz to write")
    options = parser.parse_args()
    if options.model:
        options.variant = MODEL
    if options.batch < GRID * GRID:
        parser.error(f"--batch: expected at least {GRID * GRID}, received {options.batch}")
    return options


def main():
    options = parse_options()
    # Each layer is a function of its own, and TensorFlow would warn of retracing.
    tf.get_logger().setLevel("ERROR")
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    network = Network(options)
    single = compute(network, "float32")
    double = compute(network, "float64")
    allowed = kinks(network, double)
    stored = {}
    if is_trained(network):
        single |= cumulative(network) | chunked(network) | training_loop(options)
        single |= pictures(network.stream)
    if network.is_discriminator and not options.weights:
        more, stored = files(network)
        kinds, descriptions = every_layer.compute(
            network.stream, options.batch, standard_names, set_type
        )
        steps, networks = custom_networks.compute(network.stream, standard_names)
        pixels, images = image_files.compute()
        single |= more | kinds | steps | pixels
        stored |= descriptions | networks | images
    write(network, single, double, allowed, stored)


if __name__ == "__main__":
    main()

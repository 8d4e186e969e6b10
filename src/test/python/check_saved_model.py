"""Runs a SavedModel in every way one Python offers, and compares the images with those from Java.

usage: check_saved_model.py MODEL NOISE.npy IMAGES.npy [--keras FILE.keras] [--variables 14 10]
                            [--endpoints noise images] [--bound 1e-6] [--only PATTERN] [--json]

IMAGES holds the output that Java computed for NOISE; on TensorFlow 2.18 it may differ by --bound.
--endpoints names the model's input and output. FILE.keras is the same network for Keras; gradients
are compared with it. --variables says how many variables the model must have, and how many of them
are trainable. PATTERN is a regular expression that selects consumers by name.

Prints one line per consumer, or one JSON object with --json: `consumer`, `by` (the library and its
version), `difference` (the largest absolute one; null if nothing is compared), `bound`, `result`
(ok, FAILED, not run) and `detail`. A consumer that is not installed is not run. The exit code is 1
if one fails.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

# Images lie in [-1, 1]. Java runs TensorFlow 2.18 too, so only another thread pool or a folded graph
# can change the order of additions. Other consumers have other kernels: with a trained generator,
# TFLite differed by 1.3e-5; a gray is 7.8e-3.
SAME_KERNELS = 1e-6
OTHER_KERNELS = 3e-5
# TensorFlow folds constant weights into the layers before them and fuses kernels: 2.4e-6 measured.
FOLDED = 1e-5
# For gradients, relative to the largest element. Keras adds those of an upsampling in another order,
# and a kernel's gradient sums 10^5 products of both signs. A wrong slope or epsilon gives 1e-3.
GRADIENT = 1e-4
LEARNING_RATE = 0.1

TENSORFLOW = "TensorFlow " + tf.__version__


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("noise", type=pathlib.Path)
    parser.add_argument("images", type=pathlib.Path)
    parser.add_argument("--keras", type=pathlib.Path)
    parser.add_argument("--variables", type=int, nargs=2)
    parser.add_argument("--endpoints", nargs=2, default=["noise", "images"])
    parser.add_argument("--bound", type=float, default=SAME_KERNELS)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


OPTIONS = arguments()
MODEL = OPTIONS.model
NOISE, IMAGES = np.load(OPTIONS.noise), np.load(OPTIONS.images)
INPUT, OUTPUT = OPTIONS.endpoints
SAMPLE = [None, *NOISE.shape[1:]]


class NotRun(Exception):
    """This Python lacks something that a consumer needs."""


def difference(images, expected=IMAGES):
    images, expected = np.asarray(images), np.asarray(expected)
    assert images.shape == expected.shape, f"shape {images.shape}, expected {expected.shape}"
    assert np.all(np.isfinite(images)), "not finite"
    return float(np.max(np.abs(images - expected), initial=0))


def signature():
    loaded = tf.saved_model.load(MODEL)
    serving = loaded.signatures["serving_default"]
    specs = serving.structured_input_signature
    assert specs == ((), {INPUT: tf.TensorSpec(SAMPLE, name=INPUT)}), specs
    outputs = serving(**{INPUT: tf.constant(NOISE)})
    assert list(outputs) == [OUTPUT], list(outputs)
    assert serving(**{INPUT: tf.constant(NOISE[:1])})[OUTPUT].shape[0] == 1
    return max(difference(outputs[OUTPUT]), difference(serving(tf.constant(NOISE))[OUTPUT]))


def callables():
    loaded = tf.saved_model.load(MODEL)
    assert loaded.serve(NOISE[:1]).shape == (1, *IMAGES.shape[1:])
    calls = [loaded.serve(NOISE), loaded(**{INPUT: tf.constant(NOISE)}), loaded(NOISE)]
    return max(difference(images) for images in calls)


def by_name(variables):
    """The last two parts of a path: `conv2d_1/kernel`."""
    return {"/".join(getattr(v, "path", v.name).removesuffix(":0").split("/")[-2:]): v for v in variables}


def variables():
    loaded = tf.saved_model.load(MODEL)
    listed, trainable = loaded.variables, loaded.trainable_variables
    counts = [len(listed), len(trainable), len(loaded.non_trainable_variables)]
    if OPTIONS.variables:
        total, learned = OPTIONS.variables
        assert counts == [total, learned, total - learned], counts
    for variable in listed:
        _, layer, name = variable.name.removesuffix(":0").split("/")
        assert getattr(getattr(loaded, layer), name) is variable, variable.name
    assert all(variable.trainable for variable in trainable)
    assert not any(variable.trainable for variable in loaded.non_trainable_variables)
    if not OPTIONS.keras or not listed:
        return None
    held = by_name(keras_model().weights)
    assert set(held) == set(by_name(listed)), f"{sorted(held)}, {sorted(by_name(listed))}"
    worst = max(difference(v, held[name]) for name, v in by_name(listed).items())
    assert worst == 0, f"variables differ from Keras's by {worst:.2g}"
    return worst


def keras_model():
    model = keras.saving.load_model(OPTIONS.keras, compile=False)
    model.trainable = True
    return model


def gradients_of(call, trainable, loss):
    noise = tf.constant(NOISE)
    with tf.GradientTape() as tape:
        tape.watch(noise)
        value = loss(call(noise))
    names = by_name(trainable)
    found = tape.gradient(value, [*names.values(), noise])
    assert all(g is not None and np.all(np.isfinite(g)) for g in found), "a gradient is missing"
    return dict(zip([*names, "noise"], [np.asarray(g) for g in found]))


def mean_square(images):
    return tf.reduce_mean(images**2)


def to_negative(images):
    return tf.reduce_mean((images + IMAGES) ** 2)


def keras_gradients(loss):
    if not OPTIONS.keras:
        raise NotRun("no file for Keras given")
    model = keras_model()
    variables = [v.value if hasattr(v, "value") else v for v in model.trainable_variables]
    named = list(by_name(model.trainable_variables))
    noise = tf.constant(NOISE)
    with tf.GradientTape() as tape:
        tape.watch(noise)
        value = loss(model(noise, training=False))
    found = [np.asarray(g) for g in tape.gradient(value, [*variables, noise])]
    return dict(zip([*named, "noise"], found))


def gradients():
    loaded = tf.saved_model.load(MODEL)
    received = gradients_of(loaded, loaded.trainable_variables, mean_square)
    if not OPTIONS.keras:
        return None
    expected = keras_gradients(mean_square)
    if not loaded.trainable_variables:  # frozen
        expected = {"noise": expected["noise"]}
    assert set(received) == set(expected), f"{sorted(received)}, {sorted(expected)}"
    return max(difference(received[n], e) / float(np.max(np.abs(e))) for n, e in expected.items())


def save_again():
    with tempfile.TemporaryDirectory() as folder:
        loaded = tf.saved_model.load(MODEL)
        tf.saved_model.save(loaded, folder, signatures=loaded.signatures)
        again = tf.saved_model.load(folder)
        return difference(again.signatures["serving_default"](**{INPUT: tf.constant(NOISE)})[OUTPUT])


def keras_layer():
    layer = keras.layers.TFSMLayer(MODEL)
    worst = difference(layer(NOISE))
    if OPTIONS.variables:
        counts = [len(layer.weights), len(layer.trainable_weights)]
        assert counts == OPTIONS.variables, counts
    model = keras.Sequential([keras.Input(NOISE.shape[1:]), layer])
    return max(worst, difference(model.predict(NOISE, verbose=0)))


def keras_layer_fit():
    """One step of gradient descent towards the negative images, as Keras's gradients predict it."""
    layer = keras.layers.TFSMLayer(MODEL)
    trained = by_name(layer._reloaded_obj.trainable_variables)
    if not trained:
        raise NotRun("the model has no variables")
    before = {name: np.array(variable) for name, variable in trained.items()}
    model = keras.Sequential([keras.Input(NOISE.shape[1:]), layer])
    model.compile(optimizer=keras.optimizers.SGD(LEARNING_RATE), loss="mse")
    losses = model.fit(NOISE, -IMAGES, epochs=1, batch_size=len(NOISE), verbose=0).history["loss"]
    assert np.all(np.isfinite(losses)), losses
    assert all(np.any(before[name] != np.array(v)) for name, v in trained.items()), "fit left a variable"
    if not OPTIONS.keras:
        return None
    expected = keras_gradients(to_negative)
    return max(
        difference(v, before[name] - LEARNING_RATE * expected[name]) for name, v in trained.items()
    )


def keras_layer_of_the_signature():
    layer = keras.layers.TFSMLayer(MODEL, call_endpoint="serving_default")
    model = keras.Sequential([keras.Input(NOISE.shape[1:]), layer])
    return max(
        difference(layer(NOISE)[OUTPUT]), difference(model.predict(NOISE, verbose=0)[OUTPUT])
    )


def keras_file():
    if not OPTIONS.keras:
        raise NotRun("no file for Keras given")
    return difference(keras_model().predict(NOISE, verbose=0))


def session_loader():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], MODEL)
        endpoint = meta.signature_def["serving_default"]
        feed = {endpoint.inputs[INPUT].name: NOISE}
        return difference(session.run(endpoint.outputs[OUTPUT].name, feed))


def run_program(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def command_line():
    program = pathlib.Path(sys.executable).with_name("saved_model_cli")
    if not program.exists():
        raise NotRun("TensorFlow has not installed the program")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", "--dir", MODEL, "--tag_set", "serve"]
        command += ["--signature_def", "serving_default"]
        command += ["--inputs", f"{INPUT}={OPTIONS.noise}", "--outdir", folder]
        run_program(*command)
        return difference(np.load(os.path.join(folder, f"{OUTPUT}.npy")))


def tflite():
    converted = tf.lite.TFLiteConverter.from_saved_model(MODEL).convert()
    if not hasattr(tf.lite, "Interpreter"):
        raise NotRun("this TensorFlow has no interpreter of TFLite")
    runner = tf.lite.Interpreter(model_content=converted).get_signature_runner("serving_default")
    return difference(runner(**{INPUT: NOISE})[OUTPUT])


def onnx():
    try:
        import onnxruntime
        import tf2onnx  # noqa: F401
    except ImportError as missing:
        raise NotRun(str(missing)) from missing
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "generator.onnx"
        convert = ["-m", "tf2onnx.convert", "--saved-model", MODEL, "--output", file]
        run_program(sys.executable, *convert)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        assert [i.name for i in session.get_inputs()] == [INPUT]
        return difference(session.run([OUTPUT], {INPUT: NOISE})[0])


def frozen():
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

    loaded = tf.saved_model.load(MODEL)  # functions hold their variables only weakly
    function = convert_variables_to_constants_v2(loaded.signatures["serving_default"])
    assert not any(node.op == "ReadVariableOp" for node in function.graph.as_graph_def().node)
    return difference(function(tf.constant(NOISE))[0])


def fingerprint():
    read = tf.saved_model.experimental.read_fingerprint(MODEL)
    hashes = [read.saved_model_checksum, read.graph_def_program_hash, read.signature_def_hash]
    hashes += [read.saved_object_graph_hash, read.checkpoint_hash]
    assert all(hashes), hashes


def versions(*packages):
    """The versions of the packages that are installed."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            pass
    return ", ".join(found)


KERAS = f"{TENSORFLOW}, Keras {keras.__version__}"
SAME = tf.__version__.startswith("2.18.")
TENSORFLOW_BOUND = OPTIONS.bound if SAME else OTHER_KERNELS

# Name, library, bound, check.
CONSUMERS = [
    ("tf.saved_model.load, signature", TENSORFLOW, TENSORFLOW_BOUND, signature),
    ("tf.saved_model.load, callable and serve", TENSORFLOW, TENSORFLOW_BOUND, callables),
    ("tf.saved_model.load, variables", TENSORFLOW, 0, variables),
    ("tf.saved_model.load, gradients", TENSORFLOW, GRADIENT, gradients),
    ("tf.saved_model.save again", TENSORFLOW, TENSORFLOW_BOUND, save_again),
    ("TFSMLayer, serve", KERAS, TENSORFLOW_BOUND, keras_layer),
    ("TFSMLayer, serve, a step of fit", KERAS, TENSORFLOW_BOUND, keras_layer_fit),
    ("TFSMLayer, serving_default", KERAS, TENSORFLOW_BOUND, keras_layer_of_the_signature),
    ("load_model of our .keras", KERAS, TENSORFLOW_BOUND, keras_file),
    ("compat.v1 loader", TENSORFLOW, TENSORFLOW_BOUND, session_loader),
    ("saved_model_cli run", TENSORFLOW, TENSORFLOW_BOUND, command_line),
    ("variables to constants", TENSORFLOW, FOLDED if SAME else OTHER_KERNELS, frozen),
    ("fingerprint", TENSORFLOW, 0, fingerprint),
    ("TFLite", TENSORFLOW, OTHER_KERNELS, tflite),
    ("tf2onnx, onnxruntime", versions("tf2onnx", "onnxruntime") or "ONNX", OTHER_KERNELS, onnx),
]


def judge(consumer, by, bound, check):
    row = {"consumer": consumer, "by": by, "difference": None, "bound": bound, "detail": ""}
    try:
        found = check()
        within = found is None or found <= bound
        return row | {"difference": found, "result": "ok" if within else "FAILED"}
    except NotRun as reason:
        return row | {"result": "not run", "detail": str(reason)}
    except Exception as error:  # every consumer has errors of its own
        traceback.print_exc()
        return row | {"result": "FAILED", "detail": f"{type(error).__name__}: {error}"[:300]}


def main():
    failed = False
    for consumer in CONSUMERS:
        if not re.search(OPTIONS.only, consumer[0]):
            continue
        row = judge(*consumer)
        failed |= row["result"] == "FAILED"
        number = "" if row["difference"] is None else f" {row['difference']:.2g}"
        line = f"{row['result']:8}{row['consumer']} ({row['by']}){number} {row['detail']}"
        print(json.dumps(row) if OPTIONS.json else line, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

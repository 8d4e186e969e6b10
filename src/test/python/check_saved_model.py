"""Checks that a SavedModel written from Java loads in every Python consumer.

usage: check_saved_model.py MODEL NOISE.npy IMAGES.npy VARIABLES TRAINABLE

IMAGES is what the Java session gave for NOISE; VARIABLES and TRAINABLE are the
numbers of variables that the model must list. Prints one line a check; the exit
code is 1 if one of them fails.
"""

import os
import subprocess
import sys
import tempfile
import traceback

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf

# The consumers fold, fuse and order the same sums differently; images lie in [-1, 1]. Of a trained
# generator TFLite was off by 6.1e-6; what every consumer must keep is 1e-5.
TOLERANCE = 1e-5

MODEL, NOISE_FILE, IMAGES_FILE = sys.argv[1:4]
VARIABLES, TRAINABLE = (int(number) for number in sys.argv[4:6])
NOISE, IMAGES = np.load(NOISE_FILE), np.load(IMAGES_FILE)


def compare(images):
    images = np.asarray(images)
    assert images.shape == IMAGES.shape, f"shape {images.shape}, expected {IMAGES.shape}"
    difference = float(np.max(np.abs(images - IMAGES)))
    assert difference <= TOLERANCE, f"differs by {difference:.2g}"
    return f"differs by {difference:.2g}"


def signature():
    loaded = tf.saved_model.load(MODEL)
    serving = loaded.signatures["serving_default"]
    specs = serving.structured_input_signature
    assert specs == ((), {"noise": tf.TensorSpec([None, NOISE.shape[1]], name="noise")}), specs
    outputs = serving(noise=tf.constant(NOISE))
    assert list(outputs) == ["images"], list(outputs)
    compare(serving(tf.constant(NOISE))["images"])
    assert serving(noise=tf.constant(NOISE[:1]))["images"].shape[0] == 1
    return compare(outputs["images"])


def callables():
    loaded = tf.saved_model.load(MODEL)
    compare(loaded.serve(NOISE))
    compare(loaded(noise=tf.constant(NOISE)))
    assert loaded.serve(NOISE[:1]).shape == (1, *IMAGES.shape[1:])
    return compare(loaded(NOISE))


def variables():
    loaded = tf.saved_model.load(MODEL)
    counts = [
        len(loaded.variables),
        len(loaded.trainable_variables),
        len(loaded.non_trainable_variables),
    ]
    assert counts == [VARIABLES, TRAINABLE, VARIABLES - TRAINABLE], counts
    for variable in loaded.variables:
        _, layer, name = variable.name.removesuffix(":0").split("/")
        assert getattr(getattr(loaded, layer), name) is variable, variable.name
    assert all(variable.trainable for variable in loaded.trainable_variables)
    assert not any(variable.trainable for variable in loaded.non_trainable_variables)
    return f"{counts[0]}, {counts[1]} trainable"


def gradients():
    loaded = tf.saved_model.load(MODEL)
    noise = tf.constant(NOISE)
    with tf.GradientTape() as tape:
        tape.watch(noise)
        loss = tf.reduce_mean(loaded(noise) ** 2)
    sources = [*loaded.trainable_variables, noise]
    found = [g for g in tape.gradient(loss, sources) if g is not None]
    assert len(found) == TRAINABLE + 1, f"{len(found)} of {TRAINABLE + 1}"
    assert all(np.all(np.isfinite(g)) for g in found)
    return f"to {len(found) - 1} variables and the noise"


def save_again():
    with tempfile.TemporaryDirectory() as folder:
        loaded = tf.saved_model.load(MODEL)
        tf.saved_model.save(loaded, folder, signatures=loaded.signatures)
        again = tf.saved_model.load(folder)
        return compare(again.signatures["serving_default"](noise=tf.constant(NOISE))["images"])


def keras_layer():
    layer = keras.layers.TFSMLayer(MODEL)
    message = compare(layer(NOISE))
    assert len(layer.weights) == VARIABLES, len(layer.weights)
    assert len(layer.trainable_weights) == TRAINABLE, len(layer.trainable_weights)
    model = keras.Sequential([keras.Input(NOISE.shape[1:]), layer])
    compare(model.predict(NOISE, verbose=0))
    if TRAINABLE == 0:
        return message
    before = np.array(layer._reloaded_obj.trainable_variables[0])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    loss = model.fit(NOISE, -IMAGES, epochs=1, verbose=0).history["loss"][0]
    assert np.isfinite(loss), loss
    changed = np.max(np.abs(before - np.array(layer._reloaded_obj.trainable_variables[0])))
    assert changed > 0, "fit left the variables as they were"
    return f"{message}; fit: loss {loss:.3g}"


def keras_layer_of_the_signature():
    layer = keras.layers.TFSMLayer(MODEL, call_endpoint="serving_default")
    return compare(layer(NOISE)["images"])


def session_loader():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], MODEL)
        endpoint = meta.signature_def["serving_default"]
        feed = {endpoint.inputs["noise"].name: NOISE}
        return compare(session.run(endpoint.outputs["images"].name, feed))


def command_line():
    program = os.path.join(os.path.dirname(sys.executable), "saved_model_cli")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", "--dir", MODEL, "--tag_set", "serve"]
        command += ["--signature_def", "serving_default"]
        command += ["--inputs", f"noise={NOISE_FILE}", "--outdir", folder]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return compare(np.load(os.path.join(folder, "images.npy")))


def tflite():
    converted = tf.lite.TFLiteConverter.from_saved_model(MODEL).convert()
    interpreter = tf.lite.Interpreter(model_content=converted)
    runner = interpreter.get_signature_runner("serving_default")
    return compare(runner(noise=NOISE)["images"])


def frozen():
    from tensorflow.python.framework.convert_to_constants import (
        convert_variables_to_constants_v2,
    )

    loaded = tf.saved_model.load(MODEL)  # functions hold their variables only weakly
    function = convert_variables_to_constants_v2(loaded.signatures["serving_default"])
    assert not any(node.op == "ReadVariableOp" for node in function.graph.as_graph_def().node)
    return compare(function(tf.constant(NOISE))[0])


def fingerprint():
    read = tf.saved_model.experimental.read_fingerprint(MODEL)
    hashes = [read.saved_model_checksum, read.graph_def_program_hash, read.signature_def_hash]
    hashes += [read.saved_object_graph_hash, read.checkpoint_hash]
    assert all(hashes), hashes
    return read.singleprint()


CHECKS = {
    "tf.saved_model.load, signature": signature,
    "tf.saved_model.load, callable and serve": callables,
    "tf.saved_model.load, variables": variables,
    "tf.saved_model.load, gradients": gradients,
    "tf.saved_model.save again": save_again,
    "TFSMLayer, serve": keras_layer,
    "TFSMLayer, serving_default": keras_layer_of_the_signature,
    "compat.v1 session loader": session_loader,
    "saved_model_cli run": command_line,
    "TFLite": tflite,
    "convert_variables_to_constants_v2": frozen,
    "fingerprint": fingerprint,
}


def main():
    failures = 0
    for name, check in CHECKS.items():
        try:
            print(f"ok      {name}: {check()}", flush=True)
        except Exception as error:  # every consumer has errors of its own
            failures += 1
            print(f"FAILED  {name}: {type(error).__name__}: {error}", flush=True)
            traceback.print_exc()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""Compares the pictures that the examples draw with our program's, for the same noise.

usage: check_example_pictures.py JAR MODEL FOLDER

FOLDER holds java.png and onnx.png, drawn from the noise in java.f4, and python.png, keras.png and
layer.png, drawn from NumPy's noise. A missing picture is listed as not run.
"""

import os
import pathlib
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

# A value halfway between two gray levels may round to either.
LEVELS = 1
SIZE, SEPARATOR = 28, 2  # in pixels; the examples draw no lines between images
JAR, MODEL, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])


def picture(path):
    return tf.io.decode_png(tf.io.read_file(str(path)), channels=1).numpy().astype(int)


def ours(name, noise):
    np.save(FOLDER / f"{name}.npy", noise)
    path = FOLDER / f"{name}-ours.png"
    command = ["java", "-jar", JAR, "generate", "--model", MODEL, "--grid", "10x10"]
    command += ["--noise", FOLDER / f"{name}.npy", "--output", path]
    subprocess.run([str(part) for part in command], check=True)
    drawn = picture(path)
    keep = [i % (SIZE + SEPARATOR) < SIZE for i in range(len(drawn))]
    return drawn[keep][:, keep]


def main():
    of_java = ours("java", np.fromfile(FOLDER / "java.f4", "<f4").reshape(100, 100))
    of_numpy = ours("numpy", np.random.default_rng(0).normal(size=(100, 100)).astype("f4"))
    expected = {"java": of_java, "onnx": of_java}
    expected |= {name: of_numpy for name in ["python", "keras", "layer"]}
    failed = False
    for name, image in expected.items():
        path = FOLDER / f"{name}.png"
        if not path.exists():
            print(f"not run {path.name}")
            continue
        received = picture(path)
        worst = np.max(np.abs(received - image)) if received.shape == image.shape else received.shape
        ok = received.shape == image.shape and worst <= LEVELS
        failed |= not ok
        print(f"{'ok' if ok else 'FAILED':8}{path.name}: {worst} levels from ours")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

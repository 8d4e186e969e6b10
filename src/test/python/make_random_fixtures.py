"""Writes src/test/resources/keras/random.json: numbers that Python, NumPy and Keras draw from a seed.

Run from the repository root, with tools/requirements.txt installed, on x86-64 Linux:

    python src/test/python/make_random_fixtures.py

Doubles are stored as hexadecimal text, to keep every bit. Long sequences are stored as the SHA-256 of
their little-endian bytes.
"""

import hashlib
import json
import os
import platform
import random

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

OUTPUT = "src/test/resources/keras/random.json"
SEEDS = [0, 1, 42, 123456789, 2**31, 2**32 - 1]
RANGES = [(0, 1), (0, 2), (-5, 5), (0, 60000), (0, 65536), (1, 2**32), (0, 2**32), (0, 2**32 + 1),
          (0, 10**12), (-(2**62), 2**62)]
BATCH = 256
HALF_BATCH = 128
NOISE_DIM = 100


def sha256(array, dtype):
    return hashlib.sha256(np.ascontiguousarray(array, dtype=dtype).tobytes()).hexdigest()


def python_draws(seed):
    stream = random.Random(seed)
    drawn = {
        "randint_1_1e9": [stream.randint(1, 10**9) for _ in range(20)],
        "getrandbits_1_to_63": [stream.getrandbits(bits) for bits in range(1, 64)],
        "getrandbits_32_sha256": sha256([stream.getrandbits(32) for _ in range(10_000)], "<i8"),
    }
    drawn["state"] = sha256(stream.getstate()[1], "<i8")
    return drawn


def numpy_draws(seed):
    stream = np.random.RandomState(seed)
    normal = stream.normal(0, 1, 200_000)
    drawn = {
        "normal": [float(value).hex() for value in normal[:10]],
        "normal_sha256": sha256(normal, "<f8"),
        "normal_float32_sha256": sha256(normal.astype("float32"), "<f4"),
    }
    stream = np.random.RandomState(seed)
    drawn["randint"] = [stream.randint(low, high, 5).tolist() for low, high in RANGES]
    drawn["loop_sha256"] = loop(np.random.RandomState(seed))
    drawn["odd_sha256"] = odd(np.random.RandomState(seed))
    drawn["state"] = state(seed)
    return drawn


def loop(stream):
    """The draws of 20 training steps: batch, the discriminator's noise, the generator's noise."""
    digest = hashlib.sha256()
    for _ in range(20):
        digest.update(stream.randint(0, 60000, HALF_BATCH).astype("<i8").tobytes())
        digest.update(stream.normal(0, 1, (HALF_BATCH, NOISE_DIM)).astype("<f8").tobytes())
        digest.update(stream.normal(0, 1, (BATCH, NOISE_DIM)).astype("<f8").tobytes())
    return digest.hexdigest()


def odd(stream):
    """Odd numbers of normal values between integers: the kept second value outlives the call."""
    digest = hashlib.sha256()
    for count in range(1, 200):
        digest.update(stream.normal(0, 1, count).astype("<f8").tobytes())
        digest.update(stream.randint(0, 60000, count).astype("<i8").tobytes())
    return digest.hexdigest()


def state(seed):
    """The stream's state while it keeps a normal value, in one row, and the draw that follows."""
    stream = np.random.RandomState(seed)
    stream.normal(0, 1, 1001)
    _, words, position, has_kept, kept = stream.get_state()
    row = np.concatenate([words.astype("<i8"), [position, has_kept], np.float64([kept]).view("<i8")])
    return {"after": 1001, "sha256": sha256(row, "<i8"), "next": float(stream.normal()).hex()}


def initializer_seeds(seed, count=6):
    """The seeds that Keras gives to successive random initializers."""
    keras.utils.set_random_seed(seed)
    return [keras.initializers.GlorotUniform().seed for _ in range(count)]


def main():
    fixtures = {
        "made_by": f"Python {platform.python_version()}, NumPy {np.__version__}, "
        f"Keras {keras.__version__}",
        "ranges": RANGES,
        "seeds": [
            {
                "seed": seed,
                "python": python_draws(seed),
                "numpy": numpy_draws(seed),
                "initializer_seeds": initializer_seeds(seed),
            }
            for seed in SEEDS
        ],
        "long_run": {
            "seed": 7,
            "count": 4_000_000,
            "normal_sha256": sha256(np.random.RandomState(7).normal(0, 1, 4_000_000), "<f8"),
        },
    }
    with open(OUTPUT, "w", newline="\n") as file:
        json.dump(fixtures, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()

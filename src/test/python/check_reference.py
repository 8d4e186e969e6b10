"""Compares a new reference with the stored one: the same tensors, with close values.

    python src/test/python/check_reference.py STORED.npz NEW.npz

On the kind of machine that made the stored reference, all bits are equal. On another, values are
within the tolerances of `verify --reference NEW.npz`. This script allows every tensor the widest of
these, in float32 and in float64 (stored as the difference from float32): GRAY for pictures, whose
values may round to either of two grays, SAMPLES for what a short training makes, and FIRST_STEP for
all others.

Two kinds of values are not compared. After the first step of a trajectory the input of a LeakyReLU
may have crossed 0. In the small model of the files, a bias before a batch normalization has a
gradient of 0 but for rounding, which Adam enlarges to steps of the learning rate; `verify` compares
such a file with its own contents.
"""

import json
import re
import sys

import numpy as np

BOUND = 1e-3
GRAY_BOUND = 3e-3
SAMPLES_BOUND = 0.1
UNSTABLE = re.compile("keras/(trajectory/(?!1/)|files/small)")


def relative(expected, received):
    """The L2 norm of the difference by that of the expected values; by 1 where that is 0."""
    return np.linalg.norm(received - expected) / (np.linalg.norm(expected) or 1)


def float64(file, name):
    """The float64 values of Keras if they are stored, otherwise its float32 values."""
    values = file[name].astype("float64")
    judge = name.replace("keras/", "judge/", 1)
    return values + file[judge] if judge in file.files else values


def bound(name):
    """The largest error allowed for a tensor."""
    if name in ("keras/loop/samples", "keras/loop/picture"):
        return SAMPLES_BOUND
    return GRAY_BOUND if name.startswith("keras/grid/") else BOUND


def far(old, now, name):
    """Whether two values of a tensor are too far apart. NaN is far from everything."""
    pairs = [(file[name].astype("float64"), float64(file, name)) for file in (old, now)]
    return any(not relative(a, b) <= bound(name) for a, b in zip(*pairs, strict=True))


def main(stored, new):
    old, now = (np.load(file, allow_pickle=False) for file in (stored, new))
    if set(old.files) != set(now.files):
        sys.exit(f"{new}: other tensors than {stored}: {sorted(set(old.files) ^ set(now.files))}")
    metas = [json.loads(bytes(file["meta"])) for file in (old, now)]
    for key in ("format", "variant", "batch", "seed", "samples", "noise_dim", "shapes"):
        if metas[0][key] != metas[1][key]:
            sys.exit(f"{new}: another '{key}' than {stored}")
    names = [name for name in old.files if name.startswith("keras/")]
    differing = [name for name in names if not UNSTABLE.match(name) and far(old, now, name)]
    if differing:
        bounds = {name: bound(name) for name in differing}
        sys.exit(f"{new}: farther from {stored} than is allowed: {bounds}")
    same = sum(old[name].tobytes() == now[name].tobytes() for name in names)
    print(f"{metas[1]['variant']}: {same} of {len(names)} tensors have the stored bits")


if __name__ == "__main__":
    main(*sys.argv[1:])

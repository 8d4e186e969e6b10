"""Holds a reference made now against the stored one: the same tensors, whose values are close.

    python src/test/python/check_reference.py STORED.npz NEW.npz

On the kind of machine that made the stored one all bits are the same; on another, all are within
the tolerances that `verify --reference NEW.npz` applies. Here each tensor may differ by what the
widest of them allows, in float32 and in float64 (which is stored as what it adds to the former):
a picture, whose values may round to either of two grays, by GRAY, all others by FIRST_STEP. Only a
trajectory's later steps are left out: there a LeakyReLU's input may have crossed 0.
"""

import json
import re
import sys

import numpy as np

BOUND = 1e-3
GRAY_BOUND = 3e-3
LATER_STEPS = re.compile("keras/trajectory/(?!1/)")


def relative(expected, received):
    """The L2 norm of the difference by that of the expected values; by 1 where that is 0."""
    return np.linalg.norm(received - expected) / (np.linalg.norm(expected) or 1)


def float64(file, name):
    """What Keras computed in float64, where that is stored; else its float32."""
    values = file[name].astype("float64")
    judge = name.replace("keras/", "judge/", 1)
    return values + file[judge] if judge in file.files else values


def bound(name):
    """How far a tensor may be."""
    return GRAY_BOUND if name.startswith("keras/grid/") else BOUND


def far(old, now, name):
    """Whether a tensor is not close; NaN is far from everything."""
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
    differing = [name for name in names if not LATER_STEPS.match(name) and far(old, now, name)]
    if differing:
        bounds = {name: bound(name) for name in differing}
        sys.exit(f"{new}: farther from {stored} than is allowed: {bounds}")
    same = sum(old[name].tobytes() == now[name].tobytes() for name in names)
    print(f"{metas[1]['variant']}: {same} of {len(names)} tensors have the stored bits")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Holds a reference made now against the stored one: the same tensors, and how many have its bits.

    python src/test/python/check_reference.py STORED.npz NEW.npz

On the kind of machine that made the stored one all bits are the same; on another, all are within
the tolerances that `verify --reference NEW.npz` applies.
"""

import json
import sys

import numpy as np


def main(stored, new):
    old, now = (np.load(file, allow_pickle=False) for file in (stored, new))
    if set(old.files) != set(now.files):
        sys.exit(f"{new}: other tensors than {stored}: {sorted(set(old.files) ^ set(now.files))}")
    metas = [json.loads(bytes(file["meta"])) for file in (old, now)]
    for key in ("format", "variant", "batch", "seed", "samples", "noise_dim", "shapes"):
        if metas[0][key] != metas[1][key]:
            sys.exit(f"{new}: another '{key}' than {stored}")
    names = [name for name in old.files if name.startswith("keras/")]
    same = sum(old[name].tobytes() == now[name].tobytes() for name in names)
    print(f"{metas[1]['variant']}: {same} of {len(names)} tensors have the stored bits")


if __name__ == "__main__":
    main(*sys.argv[1:])

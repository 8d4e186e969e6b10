"""Compares .npz files bit by bit: names, types, shapes and numbers.

usage: check_arrays.py EXPECTED RECEIVED

EXPECTED is a folder with files NAME.npz, RECEIVED one with files NAME.ENDING.npz. Prints one line
per file. The exit code is 1 if a file differs.
"""

import pathlib
import sys

import numpy as np


def differences(expected, received):
    for name in sorted(set(expected.files) ^ set(received.files)):
        yield f"{name} is {'missing' if name in expected.files else 'not expected'}"
    for name in set(expected.files) & set(received.files):
        one, other = expected[name], received[name]
        if (one.dtype, one.shape) != (other.dtype, other.shape):
            yield f"{name}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"
        elif one.tobytes() != other.tobytes():
            yield f"{name} differs"


def main(expected, received):
    failed = False
    files = sorted(received.glob("*.npz"))
    assert files, "no files"
    for path in files:
        found = list(differences(np.load(expected / (path.name.split(".")[0] + ".npz")), np.load(path)))
        failed |= bool(found)
        print("FAILED" if found else "ok", path.name, *found[:20], sep="\n    " if found else " ")
    return failed


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))

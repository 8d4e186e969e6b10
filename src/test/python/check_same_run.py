"""Compares a run of the Java program with one of tools/train.py: every bit, and history.csv as text.

    python src/test/python/check_same_run.py KERAS_FOLDER RUN_FOLDER

Both runs must have ended after the same step. Prints what was compared. The exit code is 1 at the
first difference.
"""

import sys
from pathlib import Path

import numpy as np


def main(keras, run):
    histories = [(folder / "history.csv").read_bytes() for folder in (keras, run)]
    if histories[0] != histories[1]:
        rows = zip(*(history.splitlines() for history in histories), strict=False)
        first = next((pair for pair in rows if pair[0] != pair[1]), "another number of rows")
        sys.exit(f"history.csv differs: {first}")
    steps = len(histories[0].splitlines()) - 1
    expected = np.load(keras / f"weights-{steps:06d}.npz", allow_pickle=False)
    found = np.load(run / "checkpoint" / "state.npz", allow_pickle=False)
    if int(found["training/step"]) != steps:
        sys.exit(f"the checkpoint is of step {found['training/step']}, not {steps}")
    for name in expected.files:
        ours, theirs = found[name], expected[name]
        if ours.shape != theirs.shape or ours.astype(theirs.dtype).tobytes() != theirs.tobytes():
            sys.exit(f"{name} differs after {steps} steps")
    print(f"history.csv of {steps} steps equal as text, {len(expected.files)} tensors bit-equal")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

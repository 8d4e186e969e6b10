"""Checks a run's event files with TensorBoard's own reader: they equal history.csv step by step.

    python check_events.py RUN EVENTS
"""

import csv
import struct
import sys
from pathlib import Path

from tensorboard.backend.event_processing import event_accumulator


def float32(text):
    return struct.unpack("f", struct.pack("f", float(text)))[0]


def check(run, folder):
    everything = {kind: 0 for kind in event_accumulator.DEFAULT_SIZE_GUIDANCE}
    events = event_accumulator.EventAccumulator(str(folder), size_guidance=everything, purge_orphaned_data=False)
    events.Reload()
    tags = events.Tags()
    with open(run / "history.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    steps = [int(row["step"]) for row in rows]
    assert steps == list(range(1, len(rows) + 1)), "history.csv misses steps"

    for column in ("d_loss_real", "d_loss_fake", "g_loss"):
        scalars = events.Scalars("loss/" + column)
        assert [scalar.step for scalar in scalars] == steps, (column, [scalar.step for scalar in scalars])
        for scalar, row in zip(scalars, rows):
            assert float32(scalar.value) == float32(row[column]), (column, scalar, row)
    for side in ("real", "fake"):
        scalars = events.Scalars("discriminator_output/" + side)
        assert [scalar.step for scalar in scalars] == steps, side
        assert all(0 < scalar.value < 1 for scalar in scalars), side

    images = events.Images("samples")
    ends = [int(row["step"]) for row, following in zip(rows, rows[1:] + [{"epoch": None}])
            if row["epoch"] != following["epoch"]]
    seen = [image.step for image in images]
    # Epochs before the first event have no image any more.
    assert seen == sorted(set(seen)) and {end for end in ends if end >= seen[0]} <= set(seen), (seen, ends)
    last = images[-1]
    png = sorted((run / "images").glob("epoch-*.png"))[-1].read_bytes()
    assert last.encoded_image_string == png and (last.width, last.height) == struct.unpack(">II", png[16:24])

    weights = [tag for tag in tags["histograms"] if tag.startswith("generator/")]
    assert weights and any(tag.startswith("discriminator/") for tag in tags["histograms"])
    for tag in tags["histograms"]:
        histograms = events.Histograms(tag)
        assert [histogram.step for histogram in histograms] == seen, tag
        for histogram in histograms:
            value = histogram.histogram_value
            assert sum(value.bucket) == value.num > 0, tag
    print(f"{len(rows)} steps, {len(images)} images, {len(tags['histograms'])} histograms an epoch: as in history.csv")


if __name__ == "__main__":
    check(Path(sys.argv[1]), Path(sys.argv[2]))

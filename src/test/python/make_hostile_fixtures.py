"""Writes src/test/resources/keras/hostile with h5py: small HDF5 files that could exhaust a reader.

Usage: python make_hostile_fixtures.py [FOLDER]

Each is a valid file in which some addresses were changed, so that many objects alias one. Reading them
all would take seconds and gigabytes. Needs h5py (made with 3.16.0). The structures are described in
HDF5's File Format Specification, version 3.
"""

import gzip
import pathlib
import struct
import sys
import tempfile
import zlib

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "keras" / "hostile"
END_OF_FILE = 40
NODE = 544


def made(write):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "file.h5"
        with h5py.File(path, "w") as file:
            write(file)
        return bytearray(path.read_bytes())


def places(data, pattern):
    at = data.find(pattern)
    while at >= 0:
        yield at
        at = data.find(pattern, at + 1)


def node(level, child, children):
    """A node of a group's B-tree whose children are all the same."""
    keys = struct.pack("<QQ", 0, child) * children + struct.pack("<Q", 0)
    head = b"TREE" + bytes([0, level]) + struct.pack("<H", children) + b"\xff" * 16
    return (head + keys).ljust(NODE, b"\0")


def paths():
    """A group's tree of seven levels; the 32 children of each level are one node: 32^7 paths."""

    def write(file):
        group = file.create_group("layers")
        for index in range(3):
            group[str(index)] = 1.0

    data = made(write)
    leaf = [at for at in places(data, b"TREE") if data[at + 4] == 0][-1]
    child = len(data)
    data += data[leaf : leaf + NODE]
    for level in range(1, 8):
        data += node(level, child, 32)
        child = len(data) - NODE
    data[leaf : leaf + NODE] = data[child : child + NODE]
    struct.pack_into("<Q", data, END_OF_FILE, len(data))
    return data


def circle():
    """The same with a tree that is its own child."""
    data = made(lambda file: file.create_group("layers").create_dataset("0", data=1.0))
    leaf = [at for at in places(data, b"TREE") if data[at + 4] == 0][-1]
    data[leaf : leaf + NODE] = node(1, leaf, 1)
    return data


def chunks():
    """A data set of 100 chunks that share one stream, which inflates to two megabytes."""
    stream = zlib.compress(bytes(2 << 20), 9)

    def write(file):
        numbers = file.create_dataset("layers/dense/vars/1", (400,), "f4", chunks=(4,), compression="gzip")
        numbers.id.write_direct_chunk((0,), stream)
        for index in range(4, 400, 4):
            numbers.id.write_direct_chunk((index,), b"chunk %08d" % index)
        infos.extend(numbers.id.get_chunk_info(index) for index in range(100))

    infos = []
    data = made(write)
    for info in infos[1:]:
        # A key has the chunk's size, filters and offset; then comes its address.
        for at in places(data, struct.pack("<Q", info.byte_offset)):
            if struct.unpack_from("<I", data, at - 24)[0] == info.size:
                struct.pack_into("<I", data, at - 24, infos[0].size)
                struct.pack_into("<Q", data, at, infos[0].byte_offset)
    return data


def references(data, length):
    """A reference to a text: length, address of the heap, index in it."""
    for at in places(data, struct.pack("<I", length)):
        heap = struct.unpack_from("<Q", data, at + 4)[0] if at + 16 <= len(data) else 0
        if 0 < heap < len(data) and data[heap : heap + 4] == b"GCOL":
            yield at


def texts():
    """A hundred names of layers that all refer to one long description."""
    description = "x" * 50_000

    def write(file):
        file.attrs["model_config"] = description
        names = np.array(["layer%04d" % index for index in range(100)], h5py.string_dtype())
        file.attrs["layer_names"] = names

    data = made(write)
    place = bytes(data[(at := next(references(data, len(description)))) + 4 : at + 16])
    for at in references(data, len("layer0000")):
        data[at + 4 : at + 16] = place
    return data


def length():
    """A description of five megabytes that declares five characters."""
    description = "x" * (5 << 20)
    data = made(lambda file: file.attrs.update(model_config=description))
    for at in references(data, len(description)):
        struct.pack_into("<I", data, at, 5)
    return data


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for make in [paths, circle, chunks, texts, length]:
        packed = gzip.compress(bytes(make()), mtime=0)
        (folder / f"{make.__name__}.h5.gz").write_bytes(packed)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

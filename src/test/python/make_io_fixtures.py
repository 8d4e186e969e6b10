"""Writes the fixtures of src/test/resources/io with NumPy, for the readers and writers of Java.

Usage: python make_io_fixtures.py [FOLDER]

Needs only numpy (made with 2.4). The values are short sequences, so that tests can state them directly
instead of reading them with our own code.
"""

import gzip
import pathlib
import struct
import sys

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "io"


def npy(folder, name, array, version=(1, 0)):
    with open(folder / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    floats = np.array([[0.0, 0.5, -1.25], [3e38, 1e-45, np.nan]], np.float32)

    # The types of DType.
    npy(folder, "uint8", np.array([0, 1, 127, 128, 255], np.uint8))
    npy(folder, "int32", np.array([[-(2**31), 2**31 - 1]], "<i4"))
    npy(folder, "int64", np.array([-(2**63), 2**63 - 1, 42], "<i8"))
    npy(folder, "float32", floats)
    npy(folder, "float64", np.array([0.1, -1e300], "<f8"))
    npy(folder, "scalar", np.array(2.5, "<f4"))
    npy(folder, "empty", np.zeros((0, 3), "<f4"))
    npy(folder, "version2", floats, (2, 0))
    npy(folder, "version3", floats, (3, 0))

    # Types that are read as a wider one.
    npy(folder, "bool", np.array([True, False]))
    npy(folder, "int8", np.array([-128, 127], "|i1"))
    npy(folder, "int16", np.array([-32768, 258], ">i2"))
    npy(folder, "uint16", np.array([65535, 258], "<u2"))
    npy(folder, "uint32", np.array([2**32 - 1, 1], ">u4"))
    npy(folder, "float16", np.array([1.5, -65504, 2**-24, -0.0, np.inf, np.nan], "<f2"))
    npy(folder, "big_endian", np.array([0.5, -1.25], ">f4"))

    # The first dimension varies fastest.
    npy(folder, "fortran", np.asfortranarray(np.arange(24, dtype=">i8").reshape(2, 3, 4)))
    npy(folder, "fortran_empty", np.asfortranarray(np.zeros((0, 3), "<f4")))

    # Types that are rejected by name.
    npy(folder, "refused_uint64", np.array([1], "<u8"))
    npy(folder, "refused_complex", np.array([1j], "<c8"))
    npy(folder, "refused_text", np.array(["a", "b"]))
    npy(folder, "refused_structured", np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f4")]))
    npy(folder, "refused_object", np.array([{"a": 1}], object))

    arrays = {"images": np.arange(24, dtype=np.uint8).reshape(2, 3, 4), "layer/kernel": floats}
    np.savez(folder / "stored.npz", **arrays)
    np.savez_compressed(folder / "deflated.npz", **arrays)
    np.savez(folder / "no_arrays.npz")

    # The notebook's scaling of every pixel value.
    npy(folder, "scaled", (np.arange(256, dtype=np.uint8).astype("float32") - 127.5) / 127.5)

    # Two training images and one test image, in Keras's layout and as MNIST was published.
    pixels = np.arange(3 * 28 * 28, dtype=np.int64).reshape(3, 28, 28) % 251
    small = pixels.astype(np.uint8)
    np.savez_compressed(
        folder / "small.npz",
        x_train=small[:2],
        y_train=np.array([7, 3], np.uint8),
        x_test=small[2:],
        y_test=np.array([5], np.uint8),
    )

    # IDX as http://yann.lecun.com/exdb/mnist described it.
    images = struct.pack(">4B3I", 0, 0, 8, 3, 2, 3, 4) + bytes(range(24))
    labels = struct.pack(">4BI", 0, 0, 8, 1, 5) + bytes([0, 1, 127, 128, 255])
    (folder / "images.idx").write_bytes(images)
    (folder / "images.idx.gz").write_bytes(gzip.compress(images, mtime=0))
    (folder / "labels.idx").write_bytes(labels)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

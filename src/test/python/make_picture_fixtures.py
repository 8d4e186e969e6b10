"""Writes the fixtures of src/test/resources/pictures: pictures, and the pixels that TensorFlow reads from them.

Usage: python make_picture_fixtures.py [FOLDER]

Needs tensorflow (made with 2.18) and numpy.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "pictures"
SIDE = 28


def waves(height, width, channels):
    """A smooth picture with a sharp edge; no two channels, rows or columns are alike."""
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    smooth = np.sin(x / 5.0 + c) + np.cos(y / 7.0 - c) + (x > width / 3) - (y > height / 2)
    return np.uint8(np.round((smooth - smooth.min()) / np.ptp(smooth) * 255))


def grey(picture):
    """ITU-R BT.601, rounded."""
    weighted = tf.image.rgb_to_grayscale(tf.cast(picture, tf.float32))
    return np.uint8(np.round(weighted))


def scaled(picture, height=SIDE, width=SIDE):
    cut = min(picture.shape[0] / height, picture.shape[1] / width)
    rows, columns = round(height * cut), round(width * cut)
    top, left = (picture.shape[0] - rows) // 2, (picture.shape[1] - columns) // 2
    middle = picture[top : top + rows, left : left + columns]
    resized = tf.image.resize(middle, (height, width), "bilinear", antialias=True)
    return np.uint8(np.round(resized))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, (height, width) in {"larger": (40, 52), "smaller": (20, 17)}.items():
        colour = waves(height, width, 3)
        expected[f"{name}_source"] = colour
        expected[f"{name}_grey"] = scaled(grey(colour))[..., 0]
        expected[f"{name}_colour"] = scaled(colour)
    one = waves(SIDE, SIDE, 3)
    tf.io.write_file(str(folder / "colour.png"), tf.io.encode_png(one))
    tf.io.write_file(str(folder / "grey.png"), tf.io.encode_png(one[..., :1]))
    transparent = np.concatenate([one[..., :1], one[..., 1:2]], axis=-1)
    tf.io.write_file(str(folder / "grey_transparent.png"), tf.io.encode_png(transparent))
    tf.io.write_file(
        str(folder / "colour_transparent.png"),
        tf.io.encode_png(np.concatenate([one, one[..., :1]], axis=-1)),
    )
    deep = one[..., :1].astype(np.uint16) * 257
    tf.io.write_file(str(folder / "grey_16_bits.png"), tf.io.encode_png(deep))
    jpeg = tf.io.encode_jpeg(one[..., :1], quality=90)
    tf.io.write_file(str(folder / "grey.jpg"), jpeg)
    expected["grey"] = one[..., 0]
    expected["colour_as_grey"] = grey(one)[..., 0]
    expected["jpeg"] = tf.io.decode_jpeg(jpeg).numpy()[..., 0]
    np.savez_compressed(folder / "expected.npz", **expected)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""Small files of images in several forms, and the pixels that NumPy and TensorFlow read from them.

`tools/export_reference.py` stores them in the discriminator's reference.
"""

import gzip
import io

import numpy as np
import tensorflow as tf

STAGE = "data"
COUNT, HEIGHT, WIDTH = 3, 9, 12
PICTURE = (20, 17)
# Read in the order of the numbers, not of the letters.
PICTURES = (2, 10)


def compute():
    """The pixels by key, and the files by name."""
    gray = waves(COUNT, HEIGHT, WIDTH)
    color = waves(COUNT, HEIGHT, WIDTH, 3)
    large = waves(len(PICTURES), *PICTURE, 3)
    found = {
        "idx": gray,
        "emnist": gray,
        "colors": color,
        "colors_as_gray": luminance(color),
        "floats": gray,
        "halves": gray,
        "pictures/scaled": np.stack([scaled(luminance(picture)) for picture in large]),
    }
    idx = "train-images-idx3-ubyte"
    files = {
        f"{idx}.gz": gzip.compress(idx_file(gray), mtime=0),
        f"emnist-letters-{idx}": idx_file(gray.swapaxes(1, 2)),
        "colors.npz": npz(x_train=(color.transpose(0, 3, 1, 2) / 255).astype("float32")),
    }
    symmetric = gray / 127.5 - 1
    files["floats.npy"] = npy(np.asfortranarray(symmetric.astype(">f4")))
    files["halves.npy"] = npy((gray / 255).astype("float16"))
    for number, picture in zip(PICTURES, large, strict=True):
        files[f"pictures/{number}.png"] = tf.io.encode_png(picture).numpy()
    return (
        {f"{STAGE}/{name}": value.astype("float32") for name, value in found.items()},
        {f"{STAGE}/{name}": np.frombuffer(value, "uint8") for name, value in files.items()},
    )


def waves(*shape):
    """Smooth images; no two images, rows, columns or channels are alike."""
    places = np.indices(shape).astype("float64")
    steps = (1.3, 0.4, 0.55, 0.9)
    wave = sum(np.sin(place * step + i) for i, (place, step) in enumerate(zip(places, steps)))
    return np.round((wave - wave.min()) / np.ptp(wave) * 255).astype("uint8")


def idx_file(images):
    """The format of MNIST: a magic number and the sizes as big-endian integers, then the bytes."""
    sizes = np.array(images.shape, ">i4").tobytes()
    return bytes([0, 0, 8, images.ndim]) + sizes + images.tobytes()


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def luminance(images):
    """ITU-R BT.601 in 16-bit integers, as in Pillow."""
    weights = np.array([19595, 38470, 7471])
    return ((images.astype("int64") @ weights + 2**15) >> 16).astype("uint8")


def scaled(picture):
    """The middle of a picture, resized without jagged edges."""
    cut = min(picture.shape[0] / HEIGHT, picture.shape[1] / WIDTH)
    rows, columns = round(HEIGHT * cut), round(WIDTH * cut)
    top, left = (picture.shape[0] - rows) // 2, (picture.shape[1] - columns) // 2
    middle = picture[top : top + rows, left : left + columns, np.newaxis]
    resized = tf.image.resize(middle, (HEIGHT, WIDTH), "bilinear", antialias=True)
    return np.round(resized.numpy()[..., 0]).astype("uint8")

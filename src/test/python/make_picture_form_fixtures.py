"""Writes src/test/resources/pictures/forms: pictures as cameras and programs save them, and what Pillow reads.

Usage: python make_picture_form_fixtures.py [FOLDER]

Needs pillow (made with 13.0), pypng (0.20220715) and numpy. `NAME_grey` in `expected.npz` is
`convert("L")` of a file, and `NAME_colour` is `convert("RGB")`, both turned as EXIF says.
"""

import pathlib
import sys

import numpy as np
import png
from PIL import Image, ImageOps
from make_picture_fixtures import SIDE, waves

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources" / "pictures" / "forms"
ORIENTATION = 0x112
QUALITY = 90


def with_pypng(file, rows, **options):
    with open(file, "wb") as out:
        png.Writer(SIDE, SIDE, **options).write(out, rows.reshape(SIDE, -1).tolist())


def inks(folder, picture):
    """CMYK, and the same bytes marked as YCCK, which Pillow cannot write."""
    pixels = np.array(Image.fromarray(picture).convert("CMYK"))
    pixels[..., 3] = waves(SIDE, SIDE, 1)[..., 0] // 2
    Image.fromarray(pixels, "CMYK").save(folder / "cmyk.jpg", quality=QUALITY)
    stored = bytearray((folder / "cmyk.jpg").read_bytes())
    stored[stored.index(b"Adobe") + 11] = 2
    (folder / "ycck.jpg").write_bytes(stored)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    colour = waves(SIDE, SIDE, 3)
    grey = colour[..., 0]
    for code in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = code
        Image.fromarray(grey).save(folder / f"turned_{code}.jpg", quality=QUALITY, exif=exif)
    Image.fromarray(colour).save(folder / "turned_6.png", exif=camera(6))
    Image.fromarray(colour).save(
        folder / "progressive.jpg", quality=QUALITY, progressive=True, exif=camera(8)
    )
    inks(folder, colour)
    Image.fromarray(colour).quantize(30).save(folder / "palette.png", transparency=3)
    Image.fromarray(grey > 99).save(folder / "one_bit.png")
    with_pypng(folder / "four_bits.png", grey >> 4, greyscale=True, bitdepth=4)
    with_pypng(folder / "interlaced.png", colour, greyscale=False, interlace=True)
    deep = colour.astype(np.uint16) * 257
    with_pypng(folder / "colour_16_bits.png", deep, greyscale=False, bitdepth=16)
    expected = {}
    for file in sorted(folder.iterdir()):
        if file.suffix in (".png", ".jpg"):
            picture = ImageOps.exif_transpose(Image.open(file))
            expected[file.name + "_grey"] = np.asarray(picture.convert("L"))
            expected[file.name + "_colour"] = np.asarray(picture.convert("RGB"))
    np.savez_compressed(folder / "expected.npz", **expected)


def camera(code):
    """EXIF data with text before and behind the orientation."""
    exif = Image.Exif()
    exif[0x10F] = "Maker"
    exif[ORIENTATION] = code
    exif[0x131] = "Software"
    return exif


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

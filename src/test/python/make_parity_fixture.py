"""Makes the reference of a small LeNet, which a test compares with a graph written by hand.

    python src/test/python/make_parity_fixture.py src/test/resources/parity/lenet.npz
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import keras

EXPORTER = Path(__file__).resolve().parents[3] / "tools" / "export_reference.py"
SEED = 7


def lenet():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((16, 16, 2)),
            layers.Conv2D(4, 5, padding="same"),
            layers.LeakyReLU(0.2),
            layers.AveragePooling2D(2),
            layers.BatchNormalization(),
            layers.Conv2D(6, (5, 3), padding="valid"),
            layers.LeakyReLU(0.2),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(10, activation="tanh"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )


def main(output):
    keras.utils.set_random_seed(SEED)
    model = lenet()
    for variable in model.variables:
        # Constant weights would hide faults.
        if not variable.path.endswith("kernel"):
            values = keras.random.normal(variable.shape, seed=SEED)
            variable.assign(0.5 + abs(values) if "variance" in variable.path else 0.5 * values + 0.3)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lenet.keras"
        model.save(file)
        command = [sys.executable, EXPORTER, "--model", file, "--samples", "0", "--output", output]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1])

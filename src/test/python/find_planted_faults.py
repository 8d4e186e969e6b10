"""Plants faults in the main code, one at a time, and counts how many `verify` finds.

    python3 src/test/python/find_planted_faults.py --classpath target/classes:DEPENDENCIES

A fault replaces a piece of text in one file. That file is compiled into a folder of its own, which
precedes the program on the class path; nothing in the checkout changes. A fault is found if `verify`
does not end with 0. Prints the faults that are not found and the share found. Fails if the share is
below FLOOR, or if the text of a fault is no longer there.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

MAIN = Path("src/main/java/org/kerastwin")
REFERENCES = Path("src/main/resources/org/kerastwin/parity")
# Percent of the faults below that verify finds.
FLOOR = 100

# Network, file, text, replacement. A network is the reference that is verified.
FAULTS = {
    "pixels scaled by 128": ("transposed", "data/Split.java", "HALF_RANGE = 127.5f", "HALF_RANGE = 128f"),
    "last image never drawn": ("transposed", "training/BatchSource.java", "randint(0, images.size(), half)", "randint(0, images.size() - 1, half)"),
    "half a batch rounded down": ("transposed", "training/GanSettings.java", "(batchSize + 1) / 2", "Math.max(1, batchSize / 2)"),
    "steps per epoch rounded down": ("transposed", "run/Trainer.java", "(images.size() + batch - 1) / batch", "Math.max(1, images.size() / batch)"),
    "history columns swapped": ("transposed", "run/History.java", "SignificantDigits.format(losses.discriminatorReal())", "SignificantDigits.format(losses.discriminatorFake())"),
    "beta_1 of Keras by default": ("transposed", "cli/options/TrainSettings.java", 'defaultValue = "0.5"', 'defaultValue = "0.9"'),
    "batch size 128 by default": ("transposed", "cli/options/TrainSettings.java", 'defaultValue = "256"', 'defaultValue = "128"'),
    "100 epochs by default": ("transposed", "cli/options/TrainSettings.java", "DEFAULT_EPOCHS = 50", "DEFAULT_EPOCHS = 100"),
    "labels of 1": ("transposed", "training/GanGraph.java", "images, images, settings.realLabel()", "images, images, 1"),
    "fakes labelled 0.1": ("transposed", "training/GanGraph.java", "predict(scope, noise), 0)", "predict(scope, noise), 0.1)"),
    "fakes made in training mode": ("transposed", "training/GanGraph.java", "Pass pass = Pass.inference(scope, settings.form());", "Pass pass = Pass.training(scope, settings.form(), movingAverage(scope, generatorAdam.nextIteration(scope)));"),
    "clipped momentum of Adam": ("discriminator", "training/Adam.java", "gradient, 1 - settings.beta1()", "gradient, settings.beta1() / 2"),
    "Adam without bias correction": ("discriminator", "training/Adam.java", "tf.math.sub(one, beta1Power));", "one);"),
    "epsilon of Adam 1e-8": ("discriminator", "keras/AdamSettings.java", "EPSILON = 1e-7", "EPSILON = 1e-8"),
    "loss by the wrong label": ("discriminator", "training/BinaryCrossentropy.java", "tf.math.sub(relu, tf.math.mul(x, y))", "tf.math.add(relu, tf.math.mul(x, y))"),
    "gradient of the loss not divided by the batch": ("discriminator", "training/BinaryCrossentropy.java", "tf.constant(1 / batch)", "tf.constant(1f)"),
    "slope 0.3": ("discriminator", "model/Dcgan.java", "SLOPE = 0.2", "SLOPE = 0.3"),
    "batch normalization with epsilon 1e-5": ("transposed", "layers/BatchNormalization.java", "this(0.99, 1e-3)", "this(0.99, 1e-5)"),
    "batch normalization with momentum 0.9": ("transposed", "layers/BatchNormalization.java", "this(0.99, 1e-3)", "this(0.9, 1e-3)"),
    "moving average of the wrong part": ("transposed", "layers/MovingAverage.java", "(float) (1 - momentum)", "(float) momentum"),
    "grid filled by columns": ("transposed", "report/ImageGrid.java", "i / columns * rowStep, i % columns * columnStep", "i % rows * rowStep, i / rows * columnStep"),
    "grays rounded down": ("transposed", "report/ImageGrid.java", "Math.round((value + 1.0) * 127.5)", "(value + 1.0) * 127.5"),
    "momentum and velocity swapped in files": ("discriminator", "keras/ModelVariables.java", "List.of(VariablePaths.momentum(path), VariablePaths.velocity(path))", "List.of(VariablePaths.velocity(path), VariablePaths.momentum(path))"),
    "epsilon of a file ignored": ("discriminator", "kerasmodel/LayerTable.java", 'json.number("epsilon"));', "0 * json.number(\"epsilon\") + 1e-3);"),
    "moments lost in a checkpoint": ("transposed", "run/Trainer.java", "gan.restore(checkpoint.state());", 'gan.restore(checkpoint.state().under("generator/"));'),
    "checkpoint of the streams drawn ahead": ("transposed", "training/BatchPrefetcher.java", "    return streams;", "    return drawn;"),
}


def found(fault, classpath):
    network, file, text, replacement = fault
    source = (MAIN / file).read_text(encoding="utf-8")
    if text not in source:
        sys.exit(f"{file}: expected the text {text!r}, received a file without it. Adapt the fault.")
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / Path(file).name
        changed.write_text(source.replace(text, replacement, 1), encoding="utf-8")
        javac = ["javac", "--release", "17", "-nowarn", "-proc:none", "-d", folder, "-cp", classpath]
        compiled = subprocess.run([*javac, str(changed)], capture_output=True, text=True)
        if compiled.returncode:
            sys.exit(f"{file} with {replacement!r} does not compile:\n{compiled.stderr}")
        java = ["java", "-cp", f"{folder}:{classpath}", "org.kerastwin.cli.Main"]
        reference = REFERENCES / f"reference-{network}.npz"
        verify = subprocess.run(
            [*java, "verify", "--reference", str(reference)], capture_output=True, text=True
        )
    lines = verify.stdout.strip().splitlines() or verify.stderr.strip().splitlines() or ["nothing"]
    return verify.returncode != 0, lines[-1]


def main():
    parser = argparse.ArgumentParser(description="Counts the planted faults that verify finds.")
    parser.add_argument("--classpath", required=True, help="the compiled program and its dependencies")
    parser.add_argument("--only", help="faults whose name contains this")
    options = parser.parse_args()
    chosen = {name: fault for name, fault in FAULTS.items() if (options.only or "") in name}
    count = 0
    for name, fault in chosen.items():
        is_found, line = found(fault, options.classpath)
        count += is_found
        print(f"{'found' if is_found else 'NOT FOUND'}: {name}: {line}", flush=True)
    share = 100 * count // len(chosen)
    print(f"verify found {count} of {len(chosen)} planted faults, {share} %")
    sys.exit(share < FLOOR)


if __name__ == "__main__":
    main()

"""Prints a table of all programs that load our SavedModels, and how far their images are from ours.

usage: interoperability.py --trainer JAR --model DIR [--model DIR ...]
                           [--frozen DIR ...] [--form DIR ...]
                           --environment NAME=PYTHON ... --onnx PYTHON --onnx-jar FOLDER
                           --tensorflow-jars CLASSPATH

Our images come from `generate --exact`, which runs the graph of an exported model. The first row is
the faster graph that `generate` uses by default. `--frozen` and `--form` give the first model exported
in another way:

- frozen: compared with our images of that form. TensorFlow folds its constants, which rounds
  differently, so the bound on TensorFlow 2.18 is wider.
- with folded batch normalization: compared with our images of that form.
- a discriminator, if it takes images: compared with the output of a plain TensorFlow-Java program.

Each environment runs check_saved_model.py in a new process. ONNX Runtime and TensorFlow-Java also run
in plain Java programs. A consumer that could not be installed is listed as not run, with the reason
from the file `reason` in its environment. The exit code is 1 if a consumer fails or if none ran.
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).parent
PROGRAMS = HERE.parent / "programs"
# As in check_saved_model.py. TensorFlow-Java has the same kernels as our program.
SAME_KERNELS = 1e-6
FOLDED = 1e-5
OTHER_KERNELS = 3e-5
ROWS = 6
# The variables of the notebook's generators, and how many of them are trainable.
VARIABLES = (14, 10)
NOISE, IMAGES = (100,), (28, 28, 1)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trainer", required=True)
    parser.add_argument("--model", type=pathlib.Path, action="append", required=True)
    parser.add_argument("--frozen", type=pathlib.Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--form", type=pathlib.Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--environment", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--onnx", type=pathlib.Path, required=True, metavar="PYTHON")
    parser.add_argument("--onnx-jar", type=pathlib.Path, required=True, metavar="FOLDER")
    parser.add_argument("--tensorflow-jars", required=True, metavar="CLASSPATH")
    return parser.parse_args()


def row(consumer, by, result, difference=None, bound=None, detail=""):
    return {
        "consumer": consumer,
        "by": by,
        "difference": difference,
        "bound": bound,
        "result": result,
        "detail": detail,
    }


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


class Model:
    """A SavedModel with noise, our images for it, and the model converted for Keras."""

    bound = SAME_KERNELS
    endpoints = ["noise", "images"]
    sample = NOISE

    def __init__(self, path, folder, trainer):
        self.path, self.folder = path, folder
        self.of_weights = ["--variables", *VARIABLES]
        self.noise, self.images = folder / "noise.npy", folder / "images.npy"
        self.keras, self.onnx = folder / "generator.keras", folder / "generator.onnx"
        self.draw()
        self.generate(trainer, self.images, "--exact")
        self.generate(trainer, folder / "fast.npy")
        self.call(trainer, "convert", path, self.keras)
        self.of_weights += ["--keras", self.keras]

    def draw(self):
        noise = np.random.default_rng(1).normal(size=(ROWS, *self.sample)).astype("<f4")
        np.save(self.noise, noise)
        noise.tofile(self.folder / "noise.f4")

    def call(self, trainer, *command):
        done = run("java", "-jar", trainer, *command)
        assert done.returncode == 0, done.stderr

    def generate(self, trainer, output, *options):
        self.call(
            trainer, "generate", "--model", self.path, "--noise", self.noise, "--output", output, *options
        )

    def take(self, form, trainer, bound):
        """Switches to another form of the model: frozen or folded, so Keras's variables do not apply."""
        self.path, self.bound, self.of_weights = form, bound, []
        self.generate(trainer, self.images, "--exact")

    def judge(self, path, jars):
        """Switches to a discriminator, whose expected output comes from a plain Java program."""
        self.path, self.bound, self.of_weights = path, SAME_KERNELS, []
        self.endpoints, self.sample = ["images", "probability"], IMAGES
        self.draw()
        np.save(self.images, np.zeros((ROWS, 1), "<f4"))
        found = in_plain_java(self, jars)
        assert found["difference"] is not None, found["detail"]
        np.save(self.images, np.fromfile(self.folder / "images.f4", "<f4").reshape(ROWS, 1))

    def difference(self, images):
        return float(np.max(np.abs(images - np.load(self.images))))

    def judged(self, consumer, by, bound, images):
        found = self.difference(images)
        return row(consumer, by, "ok" if found <= bound else "FAILED", found, bound)

    def fast(self):
        images = np.load(self.folder / "fast.npy")
        return self.judged("generate, the faster graph", "this program", OTHER_KERNELS, images)

    def in_python(self, name, python, *options):
        """The rows that check_saved_model.py gives in one environment."""
        if not python.exists():
            reason = python.parents[1] / "reason"
            detail = reason.read_text().strip() if reason.exists() else f"there is no {python}"
            return [row("all of this Python", name, "not run", detail=detail)]
        command = [python, HERE / "check_saved_model.py", self.path, self.noise, self.images]
        command += [*self.of_weights, "--endpoints", *self.endpoints, "--bound", self.bound, "--json", *options]
        done = run(*command)
        rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if not rows or (done.returncode and not any(r["result"] == "FAILED" for r in rows)):
            rows.append(row("all of this Python", name, "FAILED", detail=done.stderr[-500:]))
        return rows

    def in_java(self, consumer, by, bound, classpath, program, file):
        """Runs a plain Java program with model, noise and images as arguments."""
        output = self.folder / "images.f4"
        output.unlink(missing_ok=True)
        noise = self.folder / "noise.f4"
        done = run("java", "-cp", classpath, PROGRAMS / program, file, noise, output, *self.sample)
        if done.returncode:
            return row(consumer, by, "FAILED", detail=done.stderr[-500:])
        images = np.fromfile(output, "<f4").reshape(np.load(self.images).shape)
        return self.judged(consumer, by, bound, images)

    def in_java_with_onnx(self, python, folder):
        consumer = "ONNX Runtime, plain Java"
        jars = sorted(folder.glob("onnxruntime-*.jar"))
        if not python.exists() or not jars:
            return row(consumer, "ONNX Runtime", "not run", detail="no tf2onnx or no jar of ONNX Runtime")
        convert = ["-m", "tf2onnx.convert", "--saved-model", self.path, "--output", self.onnx]
        done = run(python, *convert)
        if done.returncode:
            return row(consumer, jars[0].stem, "FAILED", detail=done.stderr[-500:])
        return self.in_java(consumer, jars[0].stem, OTHER_KERNELS, jars[0], "RunOnnx.java", self.onnx)


def in_plain_java(model, jars):
    by = version_of(jars)
    return model.in_java("TensorFlow-Java, plain program", by, model.bound, jars, "RunSavedModel.java", model.path)


def rows(model, options):
    yield in_plain_java(model, options.tensorflow_jars)
    for environment in options.environment:
        name, python = environment.split("=", 1)
        yield from model.in_python(name, pathlib.Path(python))
    yield from model.in_python("ONNX", options.onnx, "--only", "tf2onnx")
    yield model.in_java_with_onnx(options.onnx, options.onnx_jar)


def takes_images(form):
    """Whether a SavedModel is a discriminator. Only its input has this name."""
    return b"serving_default_images" in (form / "saved_model.pb").read_bytes()


def version_of(classpath):
    names = [pathlib.Path(jar).stem for jar in classpath.split(":")]
    return next((name for name in names if name.startswith("tensorflow-core-api-")), "TensorFlow-Java")


def text(found):
    difference = "" if found["difference"] is None else f"{found['difference']:.1e}"
    bound = "" if not found["bound"] else f"{found['bound']:.0e}"
    start = f"{found['consumer']:41}{found['by']:34}{difference:>9}{bound:>8}  {found['result']}"
    detail = " ".join(found["detail"].split())
    return f"{start} {detail}".rstrip()


def print_table(path, *tables):
    """Prints a table row by row. Returns whether something ran and nothing failed."""
    print(f"\n{path}\n{'consumer':41}{'by':34}{'max diff':>9}{'bound':>8}  result", flush=True)
    results = []
    for found in itertools.chain(*tables):
        print(text(found), flush=True)
        results.append(found["result"])
    return "FAILED" not in results and "ok" in results


def main():
    options = arguments()
    well = True
    for path in options.model:
        with tempfile.TemporaryDirectory() as folder:
            model = Model(path, pathlib.Path(folder), options.trainer)
            well &= print_table(path, [model.fast()], rows(model, options))
            for form in [*options.frozen, *options.form] if path == options.model[0] else []:
                if takes_images(form):
                    model.judge(form, options.tensorflow_jars)
                else:
                    # TensorFlow folds constants into each other.
                    model.take(form, options.trainer, FOLDED if form in options.frozen else SAME_KERNELS)
                well &= print_table(form, rows(model, options))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())

"""Plants faults in the main code, one at a time, and counts which `verify` and the tests find.

    python3 src/test/python/mutations.py --classpath CLASSPATH [--only NAME] [--verify-only]

CLASSPATH holds the compiled program, its tests, all dependencies and JUnit's console launcher. Each
fault replaces one piece of text in one file. The file is compiled into a folder of its own, which
precedes the program on the class path; nothing in the checkout changes. A fault counts as found by
`verify` if that ends with a code other than 0, and as found by the tests if one of the named test
classes fails. The share found may not fall below FLOOR.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MAIN = "src/main/java/org/kerastwin/"
# Percent of the faults that are found by verify or the tests.
FLOOR = 100

# name, file, text, replacement, what of `verify` shows it, test classes that should fail
FAULTS = [
    ("pixels scaled by 128", "data/Split.java", "HALF_RANGE = 127.5f", "HALF_RANGE = 128f", "transposed", "data.SplitTest"),
    ("last image never drawn", "training/BatchSource.java", "randint(0, images.size(), half)", "randint(0, images.size() - 1, half)", "transposed", "training.BatchSourceTest"),
    ("noise drawn in another order", "training/BatchSource.java", "random.normalFloats(half * settings.noiseDim()),\n        random.normalFloats(settings.batchSize() * settings.noiseDim())", "swapped(random.normalFloats(settings.batchSize() * settings.noiseDim()), random, half * settings.noiseDim()),\n        last", "transposed", "training.BatchSourceTest"),
    ("half a batch rounded down", "training/GanSettings.java", "(batchSize + 1) / 2", "Math.max(1, batchSize / 2)", "transposed", "training.GanStepTest"),
    ("steps per epoch rounded down", "run/Trainer.java", "(images.size() + batch - 1) / batch", "Math.max(1, images.size() / batch)", "transposed", "run.TrainerTest"),
    ("history columns swapped", "run/History.java", "SignificantDigits.format(losses.discriminatorReal()),\n        SignificantDigits.format(losses.discriminatorFake())", "SignificantDigits.format(losses.discriminatorFake()),\n        SignificantDigits.format(losses.discriminatorReal())", "transposed", "run.HistoryTest"),
    ("samples' noise from the seed's next", "training/GanSettings.java", "new AdamSettings(2e-4, 0.5)", "new AdamSettings(2e-4, 0.9)", "transposed", "training.GanSettingsTest"),
    ("real label 1", "training/GanSettings.java", "        0.9,\n", "        1.0,\n", "transposed", "training.GanSettingsTest"),
    ("epsilon of Adam 1e-8", "keras/AdamSettings.java", "1e-7", "1e-8", "discriminator", "training.AdamTest"),
    ("epsilon of batch normalization 1e-5", "layers/BatchNormalization.java", "1e-3", "1e-5", "transposed", "layers.BatchNormalizationTest"),
    ("slope 0.3", "model/Dcgan.java", "SLOPE = 0.2", "SLOPE = 0.3", "transposed", "model.DcganTest"),
    ("momentum and velocity swapped in files", "keras/ModelVariables.java", '"momentum", "velocity"', '"velocity", "momentum"', "discriminator", "kerasmodel.KerasFilesTest"),
]

package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid command lines: exit code 2 and an explanation. */
class UsageErrorsTest {
  private static final String WHOLE = "a whole number from 1 to ";

  @TempDir Path temporary;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          nonsense                         | command 'nonsense': expected a command, received an unknown one.
          trian                            | command 'trian': expected a command, received an unknown one. Did you mean 'train'?
          --nonsense                       | option '--nonsense': expected a command before it, received none.
          --epochs 3                       | option '--epochs': expected a command before it, received none. 'train' has --epochs.
          train extra                      | argument 'extra': expected options, received a value without one.
          generate m a.png                 | argument 'm': expected options, received a value without one. Values follow the name of their option: '--model m'.
          generate --model m a.png         | argument 'a.png': expected options, received a value without one. Values follow the name of their option: '--output a.png'.
          generate -model m --output a.png | option '-model': expected an option of 'generate', received an unknown one. Did you mean '--model'?
          train 10                         | argument '10': expected options, received a value without one. Values follow the name of their option: '--epochs 10'.
          train --lr 1e-3                  | option '--lr': expected an option of 'train', received an unknown one. Did you mean '--learning-rate'?
          train --batch 8                  | option '--batch': expected an option of 'train', received an unknown one. Did you mean '--batch-size'?
          train -epochs 8                  | option '-epochs': expected an option of 'train', received an unknown one. Did you mean '--epochs'?
          generate --model g.onnx --output x | model 'g.onnx': expected a folder or a file that ends in .keras, .weights.h5, .h5 or .npz, received another ending. This format can't be read; name the model that it was made from.
          generate --model g.json --output x | model 'g.json': expected a folder or a file that ends in .keras, .weights.h5, .h5 or .npz, received another ending. A description has no weights; in Keras, save the model to a .keras file.
          generate --model ckpt-1.index --output x | model 'ckpt-1.index': expected a folder or a file that ends in .keras, .weights.h5, .h5 or .npz, received another ending. TensorFlow's checkpoints can't be read; in Keras, save the model to a .keras file.
          generate --model g.hdf5 --output x | model 'g.hdf5': expected a folder or a file that ends in .keras, .weights.h5, .h5 or .npz, received another ending. If it is a file of Keras, rename it so that its name ends in .h5.
          doctor extra                     | argument 'extra': expected options, received a value without one.
          train @file                      | argument '@file': expected options, received a value without one.
          train --nonsense=3               | option '--nonsense': expected an option of 'train', received an unknown one.
          train --epoch 3                  | option '--epoch': expected an option of 'train', received an unknown one. Did you mean '--epochs'?
          train --epochs                   | option '--epochs': expected a value N, received nothing.
          train --epochs --resume          | option '--epochs': expected a value N, received nothing.
          train --epochs 1 --epochs 2      | option '--epochs': expected it once, received it again.
          train --resume=maybe             | option '--resume': expected no value, received 'maybe'.
          train --fast --exact             | options '--fast' and '--exact': expected at most one of them, received both.
          train --precision bfloat16       | option '--precision': expected float32 or mixed_bfloat16, received 'bfloat16'.
          train --exact --precision mixed_bfloat16 | option '--precision': expected float32 in the exact form, received mixed_bfloat16. Use --fast for it; only float32 is equal to Keras bit for bit.
          verify --precision mixed_bfloat16 | option '--precision': expected float32 in the exact form, received mixed_bfloat16. Use --fast for it; only float32 is equal to Keras bit for bit.
          verify --fast --precision mixed_bfloat16 | option '--precision': expected --python or --reference with mixed_bfloat16, received neither. The bundled references are in float32.
          bench --exact --precision mixed_bfloat16 | option '--precision': expected float32 in the exact form, received mixed_bfloat16. Use --fast for it; only float32 is equal to Keras bit for bit.
          train --variant x                | option '--variant': expected one of upsampling, transposed, transposed-literal, received 'x'.
          train --bn-statistics x          | option '--bn-statistics': expected exponential or cumulative, received 'x'.
          train --device tpu               | option '--device': expected auto, cpu, gpu or gpu:N, received 'tpu'.
          train --device gpu:-1            | option '--device': expected auto, cpu, gpu or gpu:N, received 'gpu:-1'.
          train --gpu-memory-fraction 1.5  | option '--gpu-memory-fraction': expected a number above 0 and at most 1, received '1.5'.
          train --output=                  | option '--output': expected a path, received ''.
          generate                         | option '--output': expected a value FILE|DIR, received nothing.
          generate --model m --output x.jpg | output 'x.jpg': expected a .png, .gif or .npy file or a folder, received another ending.
          generate --model= --output x.png | option '--model': expected a path, received ''.
          generate --model m.pt --output x | model 'm.pt': expected a folder or a file that ends in .keras, .weights.h5, .h5 or .npz, received another ending.
          export --model m                 | option '--output': expected a value DIR, received nothing.
          export --output x                | option '--model': expected a model, received nothing.
          export --model m --output x.zip  | output 'x.zip': expected a name without an ending, received one with an ending.
          summary --variant x              | option '--variant': expected one of upsampling, transposed, transposed-literal, received 'x'.
          """)
  void explainsMistakes(String line, String message) {
    assertRefused(message, line.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 1000000",
    "--batch-size, 16384",
    "--noise-dim, 10000",
    "--save-every, 1000000",
    "--max-steps, 1000000000000",
  })
  void wholeNumbersHaveARange(String option, long greatest) {
    for (String value :
        new String[] {"0", "-1", "1.5", "NaN", "x", "", " 1", "0x1", "1e3", "\u0663"}) {
      assertOutOfRange("train", option, value, WHOLE + greatest);
    }
    assertOutOfRange("train", option, String.valueOf(greatest + 1), WHOLE + greatest);
    assertOutOfRange("train", option, "99999999999999999999", WHOLE + greatest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "4294967296", "NaN", "1.0", "", "99999999999999999999"})
  void seedsHaveTheRangeOfNumPy(String value) {
    assertOutOfRange("train", "--seed", value, "a whole number from 0 to 4294967295");
    assertOutOfRange("generate", "--seed", value, "a whole number from 0 to 4294967295");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1e-3", "NaN", "Infinity", "1e39", "1e-50", "1e999", "1d", "", "x"})
  void learningRatesArePositiveInFloat32(String value) {
    assertOutOfRange("train", "--learning-rate", value, "a float32 number greater than 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.9999999999", "-0.1", "NaN", "0x1p-1", ""})
  void betaIsBelowOneInFloat32(String value) {
    assertOutOfRange("train", "--beta-1", value, "a number from 0 to less than 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "-0.1", "NaN", "Infinity", ""})
  void labelsAreProbabilities(String value) {
    assertOutOfRange("train", "--label-smoothing", value, "a number from 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x3", "3x0", "3", "x", "-1x3", "101x1", "3X3", "3x3x3", ""})
  void gridsHaveColumnsAndRows(String value) {
    assertOutOfRange("generate", "--grid", value, "columns and rows from 1 to 100, such as 10x10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100001", "2000000000", "NaN", ""})
  void countsHaveARange(String value) {
    assertOutOfRange("generate", "--count", value, WHOLE + "100000");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          --interpolate 1                      | option '--interpolate': expected 2 values SEED, received fewer.
          --interpolate 1 --grid 2x2           | option '--interpolate': expected 2 values SEED, received fewer.
          --interpolate 1 2 --interpolate 3 4  | option '--interpolate': expected two seeds, received more than two.
          --interpolate 1 2 --seed 3           | option '--interpolate': expected two seeds, received --seed too.
          --interpolate 1 2 --noise z.npy      | option '--noise': expected no --count, --seed or --interpolate with it, received at least one of them.
          --noise z.npy --count 3              | option '--noise': expected no --count, --seed or --interpolate with it, received at least one of them.
          --noise z.npy --seed 3               | option '--noise': expected no --count, --seed or --interpolate with it, received at least one of them.
          --grid 2x2 --count 5                 | option '--grid': expected at least 5 cells, received 4 cells.
          """)
  void rejectsConflictingOptions(String options, String message) {
    String output = temporary.resolve("x.png").toString();
    assertRefused(message, ("generate --model m --output " + output + " " + options).split(" "));
  }

  @Test
  void rejectsGridsWithoutPictures() {
    assertRefused(
        "option '--grid': expected an --output that ends in .png, received x.npy.",
        "generate --model m --output x.npy --grid 2x2".split(" "));
  }

  @Test
  void literalVariantBuildsButDoesNotTrain() {
    for (String[] line :
        new String[][] {
          {"train", "--variant", "transposed-literal"},
          {"train", "--variant", "transposed-literal", "--resume"},
        }) {
      Invocation refused = Invocation.of(line);
      assertEquals(ExitCode.USAGE, refused.code());
      assertEquals(1, refused.errLines().size(), refused.err());
      assertTrue(refused.err().contains("7×7") && refused.err().contains("28×28"), refused.err());
    }
  }

  @Test
  void trainsWithoutACommand() {
    assertArrayEquals(new String[] {"train"}, Program.withCommand());
    assertArrayEquals(
        new String[] {"-q", "--debug", "train"}, Program.withCommand("-q", "--debug"));
    assertArrayEquals(new String[] {"-q", "bench"}, Program.withCommand("-q", "bench"));
  }

  @Test
  void printsStackTracesOnlyForDebugging() {
    String[] line = {"generate", "--model", "m.pt", "--output", "x.png"};
    assertTrue(Invocation.of(line).errLines().size() <= 2);
    String debugged =
        Invocation.of("generate", "--debug", "--model", "m.pt", "--output", "x.png").err();
    assertTrue(debugged.contains("\tat org.kerastwin"), debugged);
  }

  private static void assertOutOfRange(
      String command, String option, String value, String expected) {
    assertRefused(
        "option '%s': expected %s, received '%s'.".formatted(option, expected, value),
        command,
        option,
        value);
  }

  private static void assertRefused(String message, String... line) {
    Invocation refused = Invocation.of(line);
    assertEquals(ExitCode.USAGE, refused.code(), refused.err());
    assertEquals(message, refused.errLines().get(0));
    assertTrue(refused.errLines().size() <= 2, refused.err());
    assertEquals("", refused.out());
  }
}

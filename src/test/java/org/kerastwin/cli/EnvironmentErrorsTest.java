package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.run.folder.RunFolder;

/** Unusable files: exit code 3, one line with the reason, and nothing changed. */
class EnvironmentErrorsTest {
  @TempDir static Path folder;

  private static CommandFolder work;

  @BeforeAll
  static void writeUnusableFiles() throws IOException {
    work = new CommandFolder(folder);
    Invocation trained = work.train("run", "--seed", "1", "--max-steps", "1");
    assertEquals(ExitCode.DONE, trained.code(), trained.err());
    files();
    savedModels();
    runs();
    noises();
  }

  private static void files() throws IOException {
    Files.createDirectory(work.path("empty"));
    Files.createDirectory(work.path("folder.npz"));
    work.write("empty.npz", "");
    work.write("text.npz", "no zip archive at all");
    work.write("text", "a file");
    work.copy("run/checkpoint/state.npz", "whole.npz");
    for (String name : List.of("cut.npz", "damaged.npz")) {
      work.copy("whole.npz", name);
    }
    work.cut("cut.npz", 0.5);
    work.damage("damaged.npz");
    work.copy("data.npz", "data-cut.npz");
    work.cut("data-cut.npz", 0.9);
    work.copy("data.npz", "data-damaged.npz");
    work.damage("data-damaged.npz");
    work.write("idx/train-images-idx3-ubyte", "");
    work.write("notes/todo.txt", "mine");
    work.write("album/holiday.png", "mine");
    work.write("parts/assets/list.txt", "mine");
    work.write("mixed/saved_model.pb", "");
    work.write("mixed/card.md", "mine");
  }

  private static void savedModels() throws IOException {
    for (String name : List.of("sm-cut", "sm-damaged", "sm-bare", "sm-short", "sm-empty")) {
      work.copy("run/saved_model", name);
    }
    work.cut("sm-cut/saved_model.pb", 0.1);
    work.damage("sm-damaged/variables/variables.data-00000-of-00001");
    Files.delete(work.path("sm-bare/variables/variables.index"));
    work.cut("sm-short/variables/variables.data-00000-of-00001", 0.5);
    work.cut("sm-empty/saved_model.pb", 0);
  }

  private static void runs() throws IOException {
    work.run("run-cut", "config.json", "}", "");
    work.run("run-negative", "config.json", "\"batch_size\" : 8", "\"batch_size\" : -8");
    work.run("run-literal", "config.json", "\"upsampling\"", "\"transposed-literal\"");
    work.run("run-transposed", "config.json", "\"upsampling\"", "\"transposed\"");
    work.run("run-lacking", "config.json", "\"form\" : \"fast\",", "");
    work.run("run-history", "history.csv", "\n1,1,", "\n1,x,");
    work.run("run-rows", "history.csv", Files.readString(work.path("run/history.csv")), "step\n");
    work.run("run-data", "config.json", "data.npz", "other.npz");
    work.run("run-moved", "config.json", "data.npz", "moved.npz");
    work.copy("run", "run-stateless");
    Files.delete(work.path("run-stateless/checkpoint/state.npz"));
    work.copy("run", "run-damaged");
    work.damage("run-damaged/checkpoint/state.npz");
  }

  private static void noises() {
    int dim = CommandFolder.NOISE_DIM;
    Npy.write(work.path("z.npy"), NdArray.ofFloats(new float[2 * dim], List.of(2, dim)));
    Npy.write(work.path("wide.npy"), NdArray.ofFloats(new float[10], List.of(2, 5)));
    Npy.write(work.path("long.npy"), NdArray.ofLongs(new long[2 * dim], List.of(2, dim)));
    float[] nan = new float[2 * dim];
    nan[3] = Float.NaN;
    Npy.write(work.path("nan.npy"), NdArray.ofFloats(nan, List.of(2, dim)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere                                 | model '/nowhere': expected a run folder or a SavedModel, received no such folder
          nowhere.npz                             | received no such file or folder
          text                                    | model '/text': expected a run folder or a SavedModel, received a file
          empty                                   | SavedModel '/empty': expected a folder with saved_model.pb, received a folder without it
          empty.npz --variant upsampling          | '/empty.npz': expected a complete zip archive
          text.npz --variant upsampling           | '/text.npz': expected a complete zip archive
          cut.npz --variant upsampling            | '/cut.npz': expected a complete zip archive
          damaged.npz --variant upsampling        | /damaged.npz[
          folder.npz --variant upsampling         | '/folder.npz': expected
          data.npz --variant upsampling           | '/data.npz': expected a generator with the matrix 'generator/dense/kernel'
          whole.npz --variant transposed          | missing [generator/conv2d_transpose/bias
          sm-cut                                  | SavedModel '/sm-cut/saved_model.pb'
          sm-empty                                | SavedModel '/sm-empty/saved_model.pb': expected a SavedModel, received an empty file
          sm-damaged                              | SavedModel '/sm-damaged'
          sm-bare                                 | SavedModel '/sm-bare': expected the weights in variables/variables.index
          sm-short                                | SavedModel '/sm-short'
          run/saved_model --variant transposed    | model '/run/saved_model': expected the variant transposed, received a generator of upsampling
          run --variant transposed                | model '/run': expected the variant transposed, received a generator of upsampling
          run-transposed                          | config '/run-transposed/config.json': expected variant "upsampling" as in the checkpoint, received "transposed"
          """)
  void rejectsUnusableModels(String model, String words) {
    assertRefused(words, "generate --output /x.png --model /" + model);
    assertRefused(words, "export --output /x --model /" + model);
    assertRefused(words, "summary --model /" + model);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run             | output '/run': expected a new or empty folder, received the folder of another run. Continue
          notes           | output '/notes': expected a new or empty folder, received one with other files
          text            | output '/text': expected a new or empty folder
          text/x          | output '/text/x': expected a folder that can be written, received
          """)
  void rejectsOutputsOfOtherKinds(String output, String words) {
    assertRefused(words, "train --dataset /data.npz --output /" + output);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere.npz      | data set '/nowhere.npz'
          empty.npz        | '/empty.npz'
          text.npz         | '/text.npz'
          data-cut.npz     | /data-cut.npz
          data-damaged.npz | /data-damaged.npz
          whole.npz        | /whole.npz
          empty            | data set '/empty': expected an .npz or .npy file, or a folder of
          idx              | /idx/train-images-idx3-ubyte
          """)
  void rejectsUnusableDataSets(String dataset, String words) {
    assertRefused(words, "train --output /new/run --dataset /" + dataset);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere       | run '/nowhere': expected a folder with config.json, received no such folder. Leave out --resume
          empty         | run '/empty': expected a folder with config.json, received a folder without it
          text          | run '/text': expected a folder with config.json, received a file
          run-transposed| config '/run-transposed/config.json': expected variant "upsampling" as in the checkpoint, received "transposed"
          run-data      | data set '/other.npz': expected the images that the run began with
          run-moved     | data set '/moved.npz'
          """)
  void rejectsUnusableRuns(String run, String words) {
    assertRefused(words, "train --resume --output /" + run);
  }

  /** The checkpoints repair any single damaged file; afterwards all files are as before. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run-cut       | config '/run-cut/config.json': expected the settings that a run writes, received something else at
          run-negative  | config '/run-negative/config.json': expected the settings that a run writes, received batch_size -8
          run-literal   | config '/run-literal/config.json': expected the settings that a run writes, received variant transposed-literal
          run-lacking   | config '/run-lacking/config.json': expected the settings that a run writes, received no value at 'form'
          run-stateless | received no such file or folder. The run resumes from the previous checkpoint, after step 0.
          run-damaged   | The run resumes from the previous checkpoint, after step 0.
          run-history   | history '/run-history/history.csv': expected '1,1,
          run-rows      | history '/run-rows/history.csv': expected 'step,epoch,d_loss_real,d_loss_fake,g_loss' as in the checkpoint, received 'step'. The rows are written again
          """)
  void repairsRuns(String run, String words) throws IOException {
    Path copy = work.copy(run, run + "-again");
    Invocation repaired =
        Invocation.of("train", "--resume", "--max-steps", "1", "--output", copy.toString());
    assertEquals(ExitCode.DONE, repaired.code(), repaired.err());
    String err = repaired.err().replace(copy.toString(), "/" + run);
    assertTrue(err.contains(words), err);
    Files.deleteIfExists(copy.resolve("checkpoint/damaged-state.npz"));
    assertEquals(contents("run"), contents(run + "-again"));
  }

  private static Map<String, Long> contents(String run) {
    Map<String, Long> found = new TreeMap<>();
    work.contents()
        .forEach(
            (file, checksum) -> {
              // The page contains the path of its folder.
              if (file.startsWith(run + "/") && !file.endsWith("/report.html")) {
                found.put(file.substring(run.length()), checksum);
              }
            });
    return found;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --noise /nowhere.npy             | '/nowhere.npy'
          --noise /whole.npz               | '/whole.npz'
          --noise /wide.npy                | noise '/wide.npy': expected float32 [n, 4] with n at least 1, received
          --noise /long.npy                | noise '/long.npy': expected float32 [n, 4] with n at least 1, received
          --noise /nan.npy                 | noise '/nan.npy': expected finite numbers, received NaN
          """)
  void rejectsMisshapenNoise(String options, String words) {
    assertRefused(words, "generate --model /run --output /x.png " + options);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          generate --model /run --output /empty/../folder.npz/../text     | expected a folder that holds only .png files, received a file
          generate --model /run --output /notes      | output '/notes': expected a folder that holds only .png files, received one with 'todo.txt'
          generate --model /run --output /run        | output '/run': expected a folder that holds only .png files
          generate --model /run --output /album      | received one with 'holiday.png'
          export --model /run --output /parts        | received one without saved_model.pb
          export --model /run --output /text         | output '/text': expected a new or empty folder, or one that holds only a SavedModel, received a file
          export --model /run --output /run          | output '/run': expected a new or empty folder, or one that holds only a SavedModel, received one with
          export --model /run --output /mixed        | received one with 'card.md'
          """)
  void protectsExistingOutputs(String line, String words) {
    assertRefused(words, line);
  }

  @Test
  void rejectsGridsSmallerThanTheNoise() {
    Invocation refused = invoke("generate --model /run --output /x.png --grid 1x1 --noise /z.npy");
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(refused.err().contains("expected at least 2 cells, received 1 cells"));
  }

  @Test
  void archivesNeedAVariant() {
    Invocation refused = invoke("summary --model /whole.npz");
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(refused.err().contains("received neither. Name it with --variant"), refused.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator.weights.h5", "keras213-weights-alone.h5"})
  void namesWeightsOfAnotherNetwork(String name) throws IOException {
    Path fixture = Path.of("src/test/resources/keras/files").resolve(name);
    Files.copy(fixture, work.path(name), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        "weights '/%s': expected weights of a variant, or a file with an architecture, received weights that fit no variant. In Keras, save the whole model"
            .formatted(name),
        "summary --model /" + name);
  }

  @Test
  void namesCheckpointsOfTensorFlow() throws IOException {
    Files.createDirectories(work.path("checkpoints"));
    Files.writeString(work.path("checkpoints/checkpoint"), "model_checkpoint_path: \"ckpt-1\"");
    assertRefused(
        "model '/checkpoints': expected a run folder or a SavedModel, received checkpoints of TensorFlow. TensorFlow's checkpoints can't be read; in Keras, save the model",
        "summary --model /checkpoints");
  }

  @Test
  void rejectsLockedRuns() {
    try (RunFolder owned = RunFolder.resume(work.path("run"))) {
      assertRefused(
          "run '/run': expected a run that is not in use, received one that another program has locked",
          "train --resume --output /run");
      assertTrue(Files.exists(owned.path().resolve(".lock")));
    }
  }

  @Test
  void rejectsMissingGpus() {
    assertRefused(
        "device 'gpu:7': expected a CUDA device with that number",
        "train --dataset /data.npz --output /new/run --device gpu:7");
    assertRefused(
        "device 'gpu:7': expected a CUDA device with that number",
        "generate --model /run --output /x.png --device gpu:7");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reportsFullDisks() throws IOException {
    for (String name : List.of("full.npy", "full.png")) {
      Files.createSymbolicLink(work.path(name), Path.of("/dev/full"));
      assertRefused(
          "received No space left on device. Free some disk space.",
          "generate --model /run --output /" + name);
      Files.delete(work.path(name));
    }
  }

  private static void assertRefused(String words, String line) {
    Map<String, Long> before = work.contents();
    Invocation refused = invoke(line);
    assertEquals(ExitCode.ENVIRONMENT, refused.code(), refused.err());
    // GPU builds print a line about "auto", and runs one about another path of their data.
    List<String> errors =
        refused.errLines().stream()
            .filter(each -> !each.startsWith("Training ") && !each.startsWith("No GPU, "))
            .filter(each -> !each.endsWith("The run continues with the settings in this file."))
            .toList();
    assertAll(
        () -> assertEquals(1, errors.size(), refused.err()),
        () ->
            assertTrue(
                refused.err().matches("(?s).*'.+': expected .+, received .+[.?]\\s+"),
                refused.err()),
        () -> assertFalse(refused.err().contains("Exception"), refused.err()),
        () -> assertEquals(before, work.contents(), "nothing on disk changed"));
    String shown = errors.get(0).replace(folder.toString(), "");
    assertTrue(shown.contains(words), () -> "expected '%s' in '%s'".formatted(words, shown));
  }

  /** Runs a command line in which / stands for the test's folder. */
  private static Invocation invoke(String line) {
    return Invocation.of(line.replaceAll(" /", " " + folder + "/").split(" "));
  }
}

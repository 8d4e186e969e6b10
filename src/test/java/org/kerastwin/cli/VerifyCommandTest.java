package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.Zeros;

/** Tests the exit codes of {@code verify} and its reports. */
class VerifyCommandTest {
  private static final String LITERAL = "transposed-literal";
  private static final String KERNEL = "generator/dense/kernel";
  private static final String BIAS = "generator/dense/bias";
  private static final int NOISE_DIM = 100;

  @TempDir Path folder;
  private Path model;

  /** A readable generator whose weights are all 0. */
  @BeforeEach
  void writeModel() {
    model = folder.resolve("model.npz");
    write(Zeros.of(Dcgan.generator(Variant.TRANSPOSED_LITERAL, NOISE_DIM)).tensors());
  }

  @Test
  void graphsEqualKeras() {
    Path json = folder.resolve("report.json");
    Path xml = folder.resolve("report.xml");
    assertEquals(
        ExitCode.DONE,
        verify("--variant", LITERAL, "--report", json.toString(), "--report", xml.toString()));
    assertTrue(Files.isRegularFile(json) && Files.isRegularFile(xml));
  }

  @Test
  void modelsAgreeInEveryForm() {
    assertEquals(ExitCode.DONE, verify("--model", model.toString(), "--variant", LITERAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator.weights.h5", "generator.h5", "generator.keras"})
  void kerasFilesAgreeInEveryForm(String name) {
    Path file = folder.resolve(name);
    assertEquals(
        ExitCode.DONE,
        new Program().run("convert", model.toString(), file.toString(), "--variant", LITERAL));
    assertEquals(ExitCode.DONE, verify("--model", file.toString(), "--variant", LITERAL));
  }

  /** A model without a reference is compared with itself, on the CPU. */
  @Test
  void usesNoGpuWithoutAReference() {
    for (String gpu : List.of("gpu", "gpu:1")) {
      assertEquals(
          ExitCode.USAGE,
          verify("--model", model.toString(), "--variant", LITERAL, "--device", gpu));
    }
    assertEquals(
        ExitCode.DONE,
        verify("--model", model.toString(), "--variant", LITERAL, "--device", "auto"));
    assertEquals(ExitCode.ENVIRONMENT, verify("--variant", LITERAL, "--device", "gpu"));
  }

  @Test
  void acceptsRuns() throws IOException {
    CommandFolder work = new CommandFolder(Files.createDirectory(folder.resolve("runs")));
    assertEquals(ExitCode.DONE, work.train("run", "--max-steps", "3").code());
    assertEquals(ExitCode.DONE, verify("--model", work.path("run").toString()));
    String keras = work.path("generator.keras").toString();
    assertEquals(ExitCode.DONE, new Program().run("convert", work.path("run").toString(), keras));
    assertEquals(ExitCode.DONE, verify("--model", keras));
  }

  @Test
  void discriminatorsAgreeInEveryForm() throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    String run = work.path("run").toString();
    String keras = work.path("judge.keras").toString();
    assertEquals(
        ExitCode.DONE, new Program().run("convert", "--network", "discriminator", run, keras));
    assertEquals(ExitCode.DONE, verify("--model", keras));
    assertEquals(
        ExitCode.DIFFERENT, verify("--model", keras, "--reference", reference("discriminator")));
    assertEquals(ExitCode.ENVIRONMENT, verify("--model", keras, "--reference", reference(LITERAL)));
  }

  @Test
  void detectsModelsOfOtherRuns() throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    work.train("other", "--max-steps", "1", "--seed", "2");
    Path model = work.path("run/saved_model");
    Files.move(model, work.path("moved"));
    work.copy("other/saved_model", "run/saved_model");
    Path json = folder.resolve("report.json");
    assertEquals(
        ExitCode.DIFFERENT,
        verify("--model", work.path("run").toString(), "--report", json.toString()));
    assertTrue(Files.readString(json).contains("saved_model/generator/dense/kernel"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage\nx\n7,1,a,b,c\n"})
  void rejectsDamagedHistories(String damaged) throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    work.write("run/history.csv", damaged);
    Invocation refused = Invocation.of("verify", "--model", work.path("run").toString());
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertTrue(refused.err().startsWith("history '"), refused.err());
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 0.625, history.csv/d_loss_real", "2, 1, 2, history.csv/epoch"})
  void namesAChangedNumberOfTheHistory(int row, int column, String number, String named)
      throws IOException {
    CommandFolder work = new CommandFolder(Files.createDirectory(folder.resolve("runs")));
    work.train("run", "--max-steps", "3");
    List<String> rows = new ArrayList<>(Files.readAllLines(work.path("run/history.csv")));
    String[] cells = rows.get(row).split(",", -1);
    cells[column] = number;
    rows.set(row, String.join(",", cells));
    work.write("run/history.csv", String.join("\n", rows) + "\n");
    Invocation different = Invocation.of("verify", "--model", work.path("run").toString());
    assertEquals(ExitCode.DIFFERENT, different.code(), different.err());
    assertTrue(different.out().contains(named), different.out());
  }

  @Test
  void reportsMissingSavedModels() throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    Files.move(work.path("run/saved_model"), work.path("moved"));
    Invocation done = Invocation.of("verify", "--model", work.path("run").toString());
    assertEquals(ExitCode.DONE, done.code());
    assertTrue(done.out().contains("not applicable: upsampling: the run has no saved_model/"));
    assertTrue(done.out().lines().anyMatch(line -> line.matches("discriminator +files .*equal")));
  }

  /** Killed between an epoch's checkpoint and its models, or in an epoch that saves none. */
  @Test
  void skipsModelsOfEarlierEpochs() throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    work.train("other", "--max-steps", "1", "--seed", "2");
    Files.move(work.path("run/models/epoch-001.keras"), work.path("run/models/epoch-000.keras"));
    Files.move(work.path("run/saved_model"), work.path("moved"));
    work.copy("other/saved_model", "run/saved_model");
    Path json = folder.resolve("report.json");
    assertEquals(
        ExitCode.DONE, verify("--model", work.path("run").toString(), "--report", json.toString()));
    assertTrue(Files.readString(json).contains("older than its checkpoint"));
  }

  @Test
  void rejectsIncompleteStates() throws IOException {
    CommandFolder work = CommandFolder.withRun(folder.resolve("runs"));
    Path state = work.path("run/checkpoint/state.npz");
    Map<String, NdArray> arrays = new LinkedHashMap<>(Npz.readAll(state));
    arrays.remove("optimizer/generator/dense/kernel/velocity");
    // As in checkpoints of earlier versions: with it, the previous checkpoint would be used.
    arrays.remove("training/sha256");
    Npz.write(state, arrays, ZipWriter.Compression.STORED);
    assertEquals(ExitCode.ENVIRONMENT, verify("--model", work.path("run").toString()));
  }

  @Test
  void reportsNanAsADifference() {
    Map<String, NdArray> damaged = new LinkedHashMap<>(Npz.readAll(model));
    float[] bias = damaged.get(BIAS).floats();
    bias[0] = Float.NaN;
    damaged.put(BIAS, NdArray.ofFloats(bias, List.of(bias.length)));
    write(damaged);
    assertEquals(ExitCode.DIFFERENT, verify("--model", model.toString(), "--variant", LITERAL));
  }

  @Test
  void reportsOtherModelsAsADifference() throws IOException {
    Path json = folder.resolve("report.json");
    assertEquals(
        ExitCode.DIFFERENT,
        verify(
            "--model",
            model.toString(),
            "--variant",
            LITERAL,
            "--reference",
            reference(LITERAL),
            "--report",
            json.toString()));
    String report = Files.readString(json);
    assertTrue(report.contains("\"stage\" : \"weights\""), report);
    assertFalse(report.contains("\"same\" : true,\n  \"tensors\""), report);
  }

  @Test
  void rejectsReferencesWithOtherNoise() {
    write(Zeros.of(Dcgan.generator(Variant.TRANSPOSED_LITERAL, 7)).tensors());
    Invocation refused =
        Invocation.of(
            "verify",
            "--model",
            model.toString(),
            "--variant",
            LITERAL,
            "--reference",
            reference(LITERAL));
    assertEquals(ExitCode.ENVIRONMENT, refused.code());
    assertEquals(
        "model '%s': expected noise of 100 as in the reference '%s', received noise of 7.%n"
            .formatted(model, reference(LITERAL)),
        refused.err());
  }

  @Test
  void rejectsReferencesOfOtherVariants() {
    assertEquals(
        ExitCode.ENVIRONMENT,
        verify(
            "--model",
            model.toString(),
            "--variant",
            LITERAL,
            "--reference",
            reference("transposed")));
  }

  @Test
  void rejectsReferencesThatContradictTheVariant() {
    assertEquals(
        ExitCode.ENVIRONMENT,
        verify("--variant", LITERAL, "--reference", reference("discriminator")));
  }

  @Test
  void rejectsOtherFilesAsReferences() {
    assertEquals(ExitCode.ENVIRONMENT, verify("--reference", model.toString()));
    assertEquals(ExitCode.ENVIRONMENT, verify("--reference", folder.resolve("no.npz").toString()));
  }

  @Test
  void rejectsMissingPythons() {
    assertEquals(ExitCode.ENVIRONMENT, verify("--python", "/no/such/python"));
  }

  @Test
  void quotesTheLastLineOfPythonWithOneFullStop() throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(
        python, "#!/bin/sh\necho 'expected Sequential, received Functional.'\nexit 1\n");
    assertTrue(python.toFile().setExecutable(true));
    Invocation failed = Invocation.of("verify", "--python", python.toString());
    assertEquals(ExitCode.ENVIRONMENT, failed.code());
    assertTrue(failed.err().contains("received Functional. "), failed.err());
  }

  /** References keep 67 elements of a large tensor; this is not one of them. */
  @Test
  void namesNanOutsideTheReference() throws IOException {
    Path npz = folder.resolve("trained.npz");
    assertEquals(
        ExitCode.DONE, new Program().run("convert", "saved_models/upsampling", npz.toString()));
    Map<String, NdArray> weights = new LinkedHashMap<>(Npz.readAll(npz));
    float[] kernel = weights.get(KERNEL).floats();
    kernel[100_001] = Float.NaN;
    weights.put(KERNEL, NdArray.ofFloats(kernel, weights.get(KERNEL).shape()));
    Npz.write(npz, weights, ZipWriter.Compression.STORED);
    Path xml = folder.resolve("report.xml");
    assertEquals(
        ExitCode.DIFFERENT,
        verify(
            "--model",
            npz.toString(),
            "--variant",
            "upsampling",
            "--reference",
            reference("upsampling"),
            "--report",
            xml.toString()));
    assertTrue(Files.readString(xml).contains(KERNEL + ": NaN or infinity in ours at [15, 5921]"));
  }

  @Test
  void rejectsContradictoryOptions() {
    assertEquals(ExitCode.USAGE, verify("--reference", "a.npz", "--python", "python3"));
    assertEquals(ExitCode.USAGE, verify("--report", "report.pdf"));
    assertEquals(ExitCode.ENVIRONMENT, verify("--report", Path.of("src").toString()));
    assertEquals(ExitCode.USAGE, verify("--variant", "dcgan"));
    assertEquals(ExitCode.USAGE, verify("--fast", "--model", model.toString()));
  }

  @Test
  void comparesTheFastGraph() throws IOException {
    Path report = folder.resolve("report.json");
    assertEquals(
        ExitCode.DONE, verify("--fast", "--variant", "upsampling", "--report", report.toString()));
    assertTrue(Files.readString(report).contains("inference/up_sampling2d: the fast form"));
  }

  private static int verify(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "verify";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return new Program().run(arguments);
  }

  private static String reference(String network) {
    return "src/main/resources/org/kerastwin/parity/reference-" + network + ".npz";
  }

  private void write(Map<String, NdArray> weights) {
    Npz.write(model, weights, ZipWriter.Compression.STORED);
  }
}

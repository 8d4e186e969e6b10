package org.kerastwin.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.LiveReference;
import org.kerastwin.parity.ModelChecks;
import org.kerastwin.parity.Reference;
import org.kerastwin.parity.ReferenceFile;
import org.kerastwin.parity.Report;
import org.kerastwin.parity.ReportFile;
import org.kerastwin.parity.ReportTable;
import org.kerastwin.parity.StoredReferences;
import org.kerastwin.parity.Verification;
import org.kerastwin.training.RunFolder;
import org.kerastwin.weights.WeightMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares with the original Python model, stage by stage. */
@Command(
    name = "verify",
    description = "Compares with the original Python model, stage by stage.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  /** The seed of the references in the program, which live ones share. */
  private static final long SEED = 3;

  private static final int NOISE_DIM = 100;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--reference",
      paramLabel = "REF.npz",
      description = "A reference that tools/export_reference.py made from a Keras model.")
  private Path reference;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description = "Makes the reference now, with this Python: tensorflow, keras and numpy.")
  private String python;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report too: .html, .json or .xml (JUnit's form); may repeat.")
  private List<Path> reports = List.of();

  @Override
  public Integer call() {
    if (reference != null && python != null) {
      throw new UsageException(
          "option", "--python", "it or --reference", "both", "Each of them is the reference.");
    }
    List<ReportFile> files = reports.stream().map(ReportFile::of).toList();
    NativeRuntime.loadQuietly();
    Report report = model.path().isPresent() ? ofModel(model.read()) : ofProgram();
    PrintWriter out = spec.commandLine().getOut();
    ReportTable.lines(report).forEach(out::println);
    files.forEach(file -> file.write(report));
    return report.firstDifference().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }

  /** Our graphs, with the weights of the references' seeds. */
  private Report ofProgram() {
    if (reference != null) {
      Reference read = ReferenceFile.read(reference);
      model.variant().ifPresent(claimed -> requireVariant(read, claimed));
      return Verification.of(read);
    }
    return python == null
        ? each(network -> Verification.of(StoredReferences.read(network)))
        : each(
            network ->
                Verification.of(
                    new LiveReference(python, SEED).make(network, NOISE_DIM, Optional.empty())));
  }

  private static void requireVariant(Reference reference, Variant claimed) {
    String found = reference.meta().variant();
    if (!found.equals(claimed.label())) {
      throw new EnvironmentException(
          "reference", reference.where(), "the variant " + claimed, "one of " + found);
    }
  }

  /** All networks, or the one that the user named. */
  private Report each(Function<String, Report> verification) {
    return model
        .variant()
        .map(Variant::label)
        .map(List::of)
        .orElse(StoredReferences.NETWORKS)
        .stream()
        .map(verification)
        .reduce(new Report(List.of(), List.of()), Report::and);
  }

  private Report ofModel(TrainedGenerator generator) {
    String network =
        generator
            .variant()
            .map(Variant::label)
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        "model",
                        "--model",
                        "a generator of " + Variant.labels(),
                        "another architecture"));
    WeightMap weights = generator.weights();
    if (reference == null && python == null) {
      return new ModelChecks(network, generator.model(), weights).run(trainingState());
    }
    Reference expected =
        reference != null
            ? ReferenceFile.read(reference)
            : new LiveReference(python, SEED)
                .make(network, generator.noiseDim(), Optional.of(weights));
    return Verification.of(expected, network, weights);
  }

  /** The state of the run that the model came from; empty if it came from none. */
  private Map<String, NdArray> trainingState() {
    Path path = model.path().orElseThrow();
    return Files.isDirectory(path) && RunFolder.isRun(path)
        ? Npz.readAll(RunFolder.checkpoint(path))
        : Map.of();
  }
}

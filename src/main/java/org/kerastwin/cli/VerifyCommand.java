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
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.cli.options.TrainSettings;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.ModelUnderTest;
import org.kerastwin.parity.Verification;
import org.kerastwin.parity.checks.ModelChecks;
import org.kerastwin.parity.checks.RunChecks;
import org.kerastwin.parity.checks.StateChecks;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.reference.LiveReference;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.ReferenceFile;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.report.ReportFile;
import org.kerastwin.parity.report.TextReport;
import org.kerastwin.parity.stages.TrainingDefaults;
import org.kerastwin.run.RunConfig;
import org.kerastwin.run.RunFolder;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares with the original Python model, stage by stage. */
@Command(
    name = "verify",
    description =
        "Compares with the original Python model, stage by stage. Exit code 1 tells of a"
            + " difference.",
    footer = {
      "",
      "Examples:",
      "  java -jar trainer.jar verify --report report.html",
      "  java -jar trainer.jar verify --model runs/upsampling",
      "  java -jar trainer.jar verify --variant upsampling --python python3"
    })
final class VerifyCommand implements Callable<Integer> {
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
      description =
          "Make the reference now with this Python, which needs tensorflow, keras and numpy.")
  private String python;

  @Option(
      names = "--fast",
      description =
          "Compare the faster graph that a training uses by default (default: Keras's own ops).")
  private boolean fast;

  @Mixin private DeviceOption device;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the report too: .html, .json or .xml (as JUnit). May be repeated.")
  private List<Path> reports = List.of();

  @Override
  public Integer call() {
    if (reference != null && python != null) {
      throw new UsageException(
          Problem.with("option", "--python")
              .expected("it or --reference")
              .received("both")
              .advice("Each of them is the reference."));
    }
    if (comparesAModelWithItself()) {
      requireReferenceFor(fast, "--fast");
      requireReferenceFor(device.requiresGpu(), "--device gpu");
    }
    List<ReportFile> files = reports.stream().map(ReportFile::of).toList();
    Device where = device();
    Report report =
        otherModel()
            .map(other -> ofOtherModel(other, where))
            .orElseGet(
                () ->
                    model.path().isPresent()
                        ? ofModel(model.read(Optional.empty()), where)
                        : ofProgram(where));
    device.notice().ifPresent(spec.commandLine().getErr()::println);
    PrintWriter out = spec.commandLine().getOut();
    TextReport.lines(report).forEach(out::println);
    files.forEach(file -> file.write(report));
    return report.firstDifference().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }

  /** Refuses what would go unused where a model is compared with itself. */
  private static void requireReferenceFor(boolean given, String option) {
    if (given) {
      throw new UsageException(
          Problem.with("option", option)
              .expected("--reference or --python, where --model is given")
              .received("neither")
              .advice("Without them a model is compared with itself, on the CPU."));
    }
  }

  private boolean comparesAModelWithItself() {
    return model.path().isPresent() && reference == null && python == null;
  }

  /** Only what a reference is compared with runs on the device; TF32 is no rounding of float32. */
  private Device device() {
    if (comparesAModelWithItself()) {
      return Device.CPU;
    }
    return device.select(form(), true);
  }

  /** Our graphs, with the weights of the references' seeds. */
  private Report ofProgram(Device where) {
    if (reference != null) {
      Reference read = ReferenceFile.read(reference);
      model.variant().ifPresent(claimed -> requireVariant(read, claimed));
      return Verification.of(read, where, form(), defaults());
    }
    return python == null
        ? each(
            network -> Verification.of(StoredReferences.read(network), where, form(), defaults()))
        : each(
            network ->
                Verification.of(
                    new LiveReference(python, StoredReferences.SEED)
                        .make(network, GanSettings.NOTEBOOK_NOISE_DIM, Optional.empty()),
                    where,
                    form(),
                    defaults()));
  }

  /** The settings of {@code train} without options. */
  private static TrainingDefaults defaults() {
    RunConfig config =
        CommandLine.populateCommand(new TrainSettings())
            .config(new RunConfig.Source("auto", "", "", ""), Map.of());
    return new TrainingDefaults(config.gan(), config.epochs());
  }

  private Pass.Form form() {
    return fast ? Pass.Form.FAST : Pass.Form.EXACT;
  }

  private static void requireVariant(Reference reference, Variant claimed) {
    String found = reference.meta().variant();
    if (!found.equals(claimed.label())) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the variant " + claimed)
              .received("one of " + found));
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

  private Report ofModel(ModelFile subject, Device where) {
    Optional<String> network =
        subject.isDiscriminator()
            ? Optional.of(Dcgan.DISCRIMINATOR)
            : subject.variant().map(Variant::label);
    String name = network.orElse(Dcgan.GENERATOR);
    if (reference == null && python == null) {
      return checks(name, subject).run().and(asItIs(name, subject)).and(ofTraining(name, subject));
    }
    if (network.isEmpty()) {
      throw new EnvironmentException(
          Problem.with("model", path())
              .expected("a generator of " + Variant.labels() + ", or a discriminator")
              .received("another architecture"));
    }
    int noiseDim = subject.isDiscriminator() ? GanSettings.NOTEBOOK_NOISE_DIM : subject.noiseDim();
    Reference expected =
        reference != null
            ? ReferenceFile.read(reference)
            : new LiveReference(python, StoredReferences.SEED)
                .make(name, noiseDim, Optional.of(subject.weights()));
    requireNoiseDim(expected, subject);
    return Verification.of(expected, name, subject.weights(), where, form())
        .and(asItIs(name, subject));
  }

  /** A model that is none of the notebook's, if it is to be compared with Keras. */
  private Optional<ModelUnderTest> otherModel() {
    return comparesAModelWithItself()
        ? Optional.empty()
        : model.path().flatMap(ModelUnderTest::read).filter(other -> !other.isOfNotebook());
  }

  private Report ofOtherModel(ModelUnderTest other, Device where) {
    Reference expected =
        reference != null
            ? ReferenceFile.read(reference)
            : new LiveReference(python, StoredReferences.SEED).make(path());
    return Verification.of(expected, other, where, form());
  }

  private void requireNoiseDim(Reference expected, ModelFile subject) {
    int noiseDim = expected.meta().noiseDim();
    if (!subject.isDiscriminator() && subject.noiseDim() != noiseDim) {
      throw new EnvironmentException(
          Problem.with("model", path())
              .expected(
                  "noise of %d as in the reference '%s'".formatted(noiseDim, expected.where()))
              .received("noise of " + subject.noiseDim()));
    }
  }

  private Path path() {
    return model.path().orElseThrow();
  }

  private static ModelChecks checks(String name, ModelFile subject) {
    return new ModelChecks(name, subject.model(), subject.weights());
  }

  /** A SavedModel holds a graph of its own, which need not be what its weights suggest. */
  private Report asItIs(String name, ModelFile subject) {
    return Files.isDirectory(path()) && !RunFolder.isRun(path())
        ? checks(name, subject).ofSavedModel(path())
        : new Report(List.of(), List.of());
  }

  private static String whyNoAdam(ModelFile subject) {
    return subject.hasOtherOptimizer()
        ? "its optimizer is no Adam that this program has"
        : "the model carries no optimizer";
  }

  /** What the model carries of its training. */
  private Report ofTraining(String name, ModelFile subject) {
    if (Files.isDirectory(path()) && RunFolder.isRun(path())) {
      return new RunChecks(name, subject.model(), path()).run();
    }
    return subject
        .optimizer()
        .map(optimizer -> new StateChecks(name, optimizer.slots().tensors()).run())
        .orElseGet(() -> new Report(List.of(), List.of(name + ": " + whyNoAdam(subject))));
  }
}

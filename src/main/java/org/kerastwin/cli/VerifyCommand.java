package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.Converters;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.cli.options.NoiseOptions;
import org.kerastwin.cli.options.PrecisionOption;
import org.kerastwin.cli.options.TrainSettings;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.parity.Verifier;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.reference.LiveReference;
import org.kerastwin.parity.reference.ReferenceSource;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.report.ReportFile;
import org.kerastwin.parity.report.TextReport;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.runtime.cuda.DeviceSelection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares with the original Python model, stage by stage. */
@Command(
    name = "verify",
    description = {
      "Compares this program's numbers with those of Keras, stage by stage. The exit code is 1 if"
          + " something differs.",
      "Without --model, all networks of the notebook are compared, or the generator of --variant."
    },
    footer = {
      "  java -jar trainer.jar verify --report report.html",
      "  java -jar trainer.jar verify --model runs/upsampling",
      "  java -jar trainer.jar verify --variant upsampling --python python3"
    })
final class VerifyCommand extends Subcommand implements Callable<Integer> {
  @Mixin private ModelOption model;

  @Option(names = "--reference", paramLabel = "REF.npz")
  private Path reference;

  @Option(names = "--python", paramLabel = "PYTHON")
  private String python;

  @Option(names = "--fast", descriptionKey = "verify.fast")
  private boolean fast;

  @Mixin private PrecisionOption precision;
  @Mixin private DeviceOption device;

  @Option(names = "--report", paramLabel = "FILE", descriptionKey = "verify.report")
  private List<Path> reports = List.of();

  @Override
  public Integer call() {
    if (reference != null && python != null) {
      throw new UsageException(
          Problem.with("option", "--python")
              .expected("no --reference with it")
              .received("both options")
              .advice("Each of them gives the numbers to compare with."));
    }
    requireReferenceIn(precision.of(form()));
    if (comparesAModelWithItself()) {
      requireReferenceFor(fast, "--fast");
      requireReferenceFor(device.requiresGpu(), "--device gpu");
    }
    List<ReportFile> files = reports.stream().map(ReportFile::of).toList();
    DeviceSelection selected = device();
    Verifier verifier = new Verifier(source(), selected.device(), form());
    Report report =
        model
            .path()
            .map(path -> verifier.ofModel(path, () -> model.read(Optional.empty())))
            .orElseGet(() -> verifier.ofProgram(model.variant(), settings()));
    selected.notice().ifPresent(err()::println);
    TextReport.lines(report).forEach(out()::println);
    files.forEach(file -> file.write(report));
    return report.firstDifference().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }

  /** Rejects an option that has no effect when a model is compared with itself. */
  private static void requireReferenceFor(boolean given, String option) {
    if (given) {
      throw new UsageException(
          Problem.with("option", option)
              .expected("--reference or --python with --model")
              .received("neither")
              .advice("Without them a model is compared with itself, on the CPU."));
    }
  }

  /** Rejects other precisions without a reference: the bundled references are of float32. */
  private void requireReferenceIn(Precision asked) {
    if (asked != Precision.FLOAT32 && source().isEmpty()) {
      throw new UsageException(
          Problem.with("option", "--precision")
              .expected("--python or --reference with " + asked)
              .received("neither")
              .advice("The bundled references are in float32."));
    }
  }

  private boolean comparesAModelWithItself() {
    return model.path().isPresent() && source().isEmpty();
  }

  /**
   * The device to run on: the CPU for a model that is compared with itself, else the chosen one. A
   * GPU computes in full float32, since TF32 would differ by more than rounding.
   */
  private DeviceSelection device() {
    if (comparesAModelWithItself()) {
      return DeviceSelection.CPU;
    }
    return device.select(form(), true);
  }

  /** The reference that the user named; empty for the stored ones. */
  private Optional<ReferenceSource> source() {
    return reference != null
        ? Optional.of(ReferenceSource.file(reference, precision.of(form())))
        : Optional.ofNullable(python)
            .map(live -> new LiveReference(live, StoredReferences.SEED, precision.of(form())));
  }

  /** The settings that the command line makes of its defaults, and of a walk between two seeds. */
  private static ProgramSettings settings() {
    RunConfig config =
        parsed(new TrainSettings()).config(new DatasetOrigin("auto", "", "", ""), Map.of());
    ImageGrid grid = Converters.grid(ProgramSettings.COLUMNS + "x" + ProgramSettings.ROWS);
    NoiseOptions walk =
        parsed(
            new NoiseOptions(),
            "--interpolate",
            Long.toString(ProgramSettings.FIRST),
            Long.toString(ProgramSettings.LAST));
    return new ProgramSettings(
        config.gan(), config.epochs(), dim -> walk.array(dim, grid.cells()), grid);
  }

  private static <T> T parsed(T options, String... arguments) {
    Converters.register(new CommandLine(options)).parseArgs(arguments);
    return options;
  }

  private Pass.Form form() {
    return fast ? Pass.Form.FAST : Pass.Form.EXACT;
  }
}

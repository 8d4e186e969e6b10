package org.kerastwin.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.OptionalLong;
import org.kerastwin.bench.BenchReport;
import org.kerastwin.bench.BenchSettings;
import org.kerastwin.bench.Benchmark;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.FormOptions;
import org.kerastwin.cli.options.PrecisionOption;
import org.kerastwin.cli.options.Range;
import org.kerastwin.cli.progress.ConsoleProgress;
import org.kerastwin.cli.progress.ProgressBars;
import org.kerastwin.cli.progress.Throughput;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.cuda.DeviceSelection;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times the training step and the generation of images. */
@Command(
    name = "bench",
    description = "Measures the speed of training and generation on this machine.",
    footer = {
      "  java -jar trainer.jar bench",
      "  java -jar trainer.jar bench --variant transposed --batch-size 64 --json"
    })
final class BenchCommand extends Subcommand implements Runnable {
  private static final int COLUMNS = 80;

  @Option(
      names = "--variant",
      paramLabel = "V",
      defaultValue = "upsampling",
      descriptionKey = "bench.variant")
  private Variant variant;

  @Range(from = 1, to = 16_384)
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "256",
      descriptionKey = "bench.batch-size")
  private int batchSize;

  @Range(from = 1, to = 10_000)
  @Option(names = "--rounds", paramLabel = "N", defaultValue = "5")
  private int rounds;

  @Range(from = 1, to = 10_000)
  @Option(names = "--steps", paramLabel = "N", defaultValue = "3")
  private int steps;

  @Range(from = 1, to = 100_000)
  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "2000",
      descriptionKey = "bench.count")
  private int images;

  @ArgGroup private FormOptions form = new FormOptions();
  @Mixin private PrecisionOption precision;
  @Mixin private DeviceOption device;

  @Option(names = "--json", descriptionKey = "bench.json")
  private boolean json;

  @Override
  public void run() {
    variant.requireTrainable();
    Pass.Form chosen = form.form();
    GanSettings gan =
        GanSettings.notebook(variant)
            .withBatchSize(batchSize)
            .withForm(chosen)
            .withPrecision(precision.of(chosen));
    DeviceSelection selected = device.select(chosen);
    note(selected, gan.precision());
    BenchReport report =
        Benchmark.run(
            new BenchSettings(
                gan, selected.device(), rounds, steps, images, InferenceSession.BATCH),
            unseenProgress());
    if (json) {
      out().print(report.json());
    } else {
      report.lines().forEach(out()::println);
    }
  }

  /** Invisible progress, so that a step costs as much as in {@code train}. */
  private ConsoleProgress unseenProgress() {
    return new ProgressBars(
        new PrintWriter(Writer.nullWriter()),
        new Throughput(batchSize, System::nanoTime),
        OptionalLong.empty(),
        () -> COLUMNS);
  }
}

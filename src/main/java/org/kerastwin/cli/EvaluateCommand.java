package org.kerastwin.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.cli.options.Range;
import org.kerastwin.data.Dataset;
import org.kerastwin.evaluation.Evaluation;
import org.kerastwin.evaluation.EvaluationJson;
import org.kerastwin.evaluation.EvaluationPage;
import org.kerastwin.evaluation.EvaluationTable;
import org.kerastwin.evaluation.Evaluator;
import org.kerastwin.evaluation.GeneratedImages;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.FileName;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.StoredRun;
import org.kerastwin.runtime.cuda.DeviceSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how good a generator's images are. */
@Command(
    name = "evaluate",
    description = {
      "Measures the quality of a generator's images and compares it with real images.",
      "Without --model, the bundled generator is measured."
    },
    footer = {
      "  java -jar trainer.jar evaluate",
      "  java -jar trainer.jar evaluate --model runs/upsampling",
      "  java -jar trainer.jar evaluate --model g.keras --report quality.html",
      "  java -jar trainer.jar evaluate --model g.keras --dataset my-images.npz --json"
    })
final class EvaluateCommand extends Subcommand implements Runnable {
  @Mixin private ModelOption model;

  @Range(from = Evaluator.FEWEST, to = 100_000)
  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10000",
      descriptionKey = "evaluate.count")
  private int count;

  @Range(from = 0, to = KerasStreams.GREATEST_SEED)
  @Option(names = "--seed", paramLabel = "N", defaultValue = "0", descriptionKey = "evaluate.seed")
  private long seed;

  @Option(names = "--dataset", paramLabel = "D", descriptionKey = "evaluate.dataset")
  private String dataset;

  @Option(names = "--json", descriptionKey = "evaluate.json")
  private boolean json;

  @Option(names = "--report", paramLabel = "FILE.html", descriptionKey = "evaluate.report")
  private Path report;

  @Mixin private DeviceOption device;

  @Override
  public void run() {
    if (report != null && !FileName.of(report).endsWith(".html")) {
      throw new UsageException(
          Problem.with("option", "--report")
              .expected("a name that ends in .html")
              .received("'%s'".formatted(report)));
    }
    DeviceSelection selected = device.select(Pass.Form.FAST);
    ModelFile generator = model.readGenerator();
    selected.notice().ifPresent(err()::println);
    warnOfOtherImages();
    NdArray images =
        GeneratedImages.of(generator.model(), generator.weights(), selected.device(), seed, count);
    Evaluation evaluation =
        Evaluation.of(model.name(), seed, images, Optional.ofNullable(dataset), err()::println);
    if (report != null) {
      AtomicFile.write(report, EvaluationPage.of(evaluation).getBytes(StandardCharsets.UTF_8));
    }
    if (json) {
      out().print(EvaluationJson.of(evaluation));
    } else {
      EvaluationTable.lines(evaluation).forEach(out()::println);
    }
  }

  private void warnOfOtherImages() {
    Optional<Path> run = model.path().filter(RunFolder::isRun);
    if (dataset == null && run.isPresent()) {
      String trainedOn = StoredRun.config(run.get(), model::warn).dataset().name();
      if (!Dataset.isOfDigits(trainedOn)) {
        err()
            .printf(
                "The classifier knows only digits, but the generator was trained on '%s'."
                    + " To compare with those images, use --dataset.%n",
                trainedOn);
      }
    }
  }
}

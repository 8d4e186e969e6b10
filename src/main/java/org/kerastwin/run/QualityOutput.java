package org.kerastwin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.Split;
import org.kerastwin.evaluation.Distances;
import org.kerastwin.evaluation.Evaluator;
import org.kerastwin.evaluation.GeneratedImages;
import org.kerastwin.evaluation.Metrics;
import org.kerastwin.evaluation.Recognition;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.folder.QualityCopy;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.SignificantDigits;
import org.kerastwin.runtime.Device;

/**
 * Evaluates the generator every few epochs and writes {@code quality.csv}. The figures are those of
 * {@code evaluate} for 10,000 images of fixed noise. Generators of images other than digits are
 * compared with their training images, without the figures of the digit classifier.
 */
public final class QualityOutput implements EpochOutput {
  private static final String DISTANCES = "epoch,frechet_distance,kernel_distance,precision,recall";
  private static final String RECOGNITION = ",classifier_score,confident_share,entropy,diversity";

  /** The default of {@code evaluate}. */
  private static final int IMAGES = 10_000;

  private static final long NOISE_SEED = 0;

  private final RunConfig config;
  private final QualityCopy copy;
  private final Split images;

  /**
   * Prepares the output; it writes nothing unless the settings ask for it.
   *
   * @param images the training images
   */
  public QualityOutput(RunConfig config, RunFolder folder, Split images) {
    this.config = config;
    this.copy = QualityCopy.of(folder.path());
    this.images = images;
  }

  @Override
  public void write(EpochEnd end) {
    int every = config.evaluateEvery();
    if (every == 0 || (end.at().epoch() % every != 0 && !end.runEnds())) {
      return;
    }
    List<String> rows = earlierRows(end.at().epoch());
    rows.add(row(end));
    copy.write(header() + "\n" + String.join("\n", rows) + "\n");
  }

  /** The rows of earlier epochs; a resumed run may write an epoch again. */
  private List<String> earlierRows(int epoch) {
    Path file = copy.file();
    List<String> rows = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file).stream().skip(1).forEach(rows::add);
      }
    } catch (IOException unreadable) {
      throw IoFailure.of("quality", file, "a file that can be read", unreadable);
    }
    rows.removeIf(row -> !row.matches("[0-9]{1,9},.*") || epoch(row) >= epoch);
    return rows;
  }

  private static int epoch(String row) {
    return Integer.parseInt(row.substring(0, row.indexOf(',')));
  }

  private boolean isOfDigits() {
    return Dataset.isOfDigits(config.dataset().name());
  }

  private String header() {
    return isOfDigits() ? DISTANCES + RECOGNITION : DISTANCES;
  }

  private String row(EpochEnd end) {
    try (Evaluator evaluator = isOfDigits() ? Evaluator.ofMnist() : Evaluator.of(images)) {
      Metrics figures = evaluator.figures(generated(end));
      Distances distances = figures.distances();
      DoubleStream values =
          DoubleStream.of(
              distances.frechet().value(),
              distances.kernel().value(),
              distances.precision(),
              distances.recall());
      if (isOfDigits()) {
        Recognition seen = figures.recognition();
        values =
            DoubleStream.concat(
                values,
                DoubleStream.of(
                    seen.score().value(), seen.confidentShare(), seen.entropy(), seen.diversity()));
      }
      return end.at().epoch()
          + values.mapToObj(value -> "," + number(value)).collect(Collectors.joining());
    }
  }

  private static String number(double value) {
    return SignificantDigits.format((float) value);
  }

  private NdArray generated(EpochEnd end) {
    return GeneratedImages.of(
        config.networks().generator(),
        end.gan().generatorWeights(),
        Device.CPU,
        NOISE_SEED,
        IMAGES);
  }
}

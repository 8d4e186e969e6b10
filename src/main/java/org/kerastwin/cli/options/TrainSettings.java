package org.kerastwin.cli.options;

import java.security.SecureRandom;
import java.util.Map;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Variant;
import org.kerastwin.models.StartingPoint;
import org.kerastwin.run.folder.DatasetOrigin;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.training.BatchNormStatistics;
import org.kerastwin.training.GanSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that determine the results of a run. */
public final class TrainSettings {
  private static final int DEFAULT_EPOCHS = 50;

  @Option(
      names = "--variant",
      order = 10,
      paramLabel = "V",
      defaultValue = "upsampling",
      descriptionKey = "train.variant")
  private Variant variant;

  @Option(
      names = "--dataset",
      order = 11,
      paramLabel = "auto|mnist|digits|PATH",
      defaultValue = "auto",
      descriptionKey = "train.dataset")
  private String dataset;

  @Range(from = 1, to = 1_000_000)
  @Option(names = "--epochs", order = 12, paramLabel = "N")
  private Integer epochs;

  @Range(from = 1, to = 16_384)
  @Option(
      names = "--batch-size",
      order = 30,
      paramLabel = "N",
      defaultValue = "256",
      descriptionKey = "train.batch-size")
  private int batchSize;

  @Range(from = 1, to = 10_000)
  @Option(names = "--noise-dim", order = 33, paramLabel = "N", defaultValue = "100")
  private int noiseDim;

  @Range(from = 0, to = 1, words = "a number from 0 to 1")
  @Option(names = "--label-smoothing", order = 34, paramLabel = "X", defaultValue = "0.9")
  private double labelSmoothing;

  @Option(
      names = "--bn-statistics",
      order = 35,
      paramLabel = "exponential|cumulative",
      defaultValue = "exponential")
  private BatchNormStatistics statistics;

  @Range(from = 0, to = KerasStreams.GREATEST_SEED)
  @Option(names = "--seed", order = 23, paramLabel = "N", descriptionKey = "train.seed")
  private Long seed;

  @Range(from = 0, to = Range.BELOW_ONE, words = "a number from 0 to less than 1")
  @Option(names = "--ema", order = 35, paramLabel = "M", defaultValue = "0")
  private double ema;

  @Mixin private AdamOptions adam;
  @Mixin private SavingOptions saving;
  @Mixin private NetworkOptions networks;
  @ArgGroup private FormOptions form = new FormOptions();
  @Mixin private PrecisionOption precision;

  /** What the networks are called in the default name of the run folder. */
  public String name() {
    return networks.areGiven() ? "networks" : variant.label();
  }

  public String dataset() {
    return dataset;
  }

  public Pass.Form form() {
    return form.form();
  }

  /** The precision, rejected if the form does not support it. */
  public Precision precision() {
    return precision.of(form.form());
  }

  /** Rejects settings that cannot train, before anything is read or written. */
  public void requireTrainable() {
    variant.requireTrainable();
    precision();
  }

  /** The options for what a run writes, and when. */
  public SavingOptions saving() {
    return saving;
  }

  /** The networks to start from, read from the files that are named. */
  public StartingPoint start() {
    return networks.read(variant, noiseDim, adam.given());
  }

  /** The settings of a new run. */
  public RunConfig config(DatasetOrigin images, Map<String, String> versions) {
    return new RunConfig(
        new GanSettings(
            variant,
            batchSize,
            noiseDim,
            GanSettings.notebook(variant).adam().with(adam.given()),
            labelSmoothing,
            statistics,
            form.form(),
            precision(),
            ema),
        epochs == null ? DEFAULT_EPOCHS : epochs,
        seed == null ? drawSeed() : seed,
        saving.saveEvery,
        saving.checkpointMinutes,
        saving.evaluateEvery,
        Map.of(),
        images,
        versions);
  }

  /** The settings of a resumed run. */
  public RunConfig resumed(RunConfig earlier) {
    return epochs == null ? earlier : earlier.withEpochs(epochs);
  }

  private static long drawSeed() {
    return new SecureRandom().nextLong(KerasStreams.GREATEST_SEED + 1);
  }
}

package org.kerastwin.run.folder;

import java.nio.file.Path;
import java.util.Locale;
import org.kerastwin.image.ImageGrid;

/**
 * Where the files of a run are.
 *
 * <pre>
 * config.json             all settings
 * history.csv             losses of every step
 * images/epoch-NNN.png    samples of fixed noise
 * models/epoch-NNN.keras  the generator, for Keras
 * checkpoint/state.npz    everything that a resumption needs
 * checkpoint/previous.npz the same at the end of an earlier epoch
 * checkpoint/quality.npz  a copy of quality.csv
 * saved_model/            the generator
 * report.html             the run as one page
 * images/training.gif     the samples, epoch after epoch
 * quality.csv             figures of quality, if they were measured
 * </pre>
 *
 * @param run the folder of the run
 */
public record RunFiles(Path run) {
  /** The grid of samples. */
  public static final ImageGrid GRID = new ImageGrid(10, 10);

  /** The settings. */
  Path config() {
    return run.resolve(RunConfig.FILE);
  }

  /** The losses of every step. */
  public Path history() {
    return run.resolve("history.csv");
  }

  /** The samples of an epoch, from 1. */
  public Path images(int epoch) {
    return run.resolve("images").resolve(String.format(Locale.ROOT, "epoch-%03d.png", epoch));
  }

  /** The generator of an epoch, from 1. */
  public Path model(int epoch) {
    return models("epoch-%03d.keras", epoch);
  }

  /** The generator of an epoch with its weights before averaging. */
  public Path rawModel(int epoch) {
    return models("epoch-%03d-raw.keras", epoch);
  }

  private Path models(String name, int epoch) {
    return run.resolve("models").resolve(String.format(Locale.ROOT, name, epoch));
  }

  /** The page that shows the run. */
  public Path report() {
    return run.resolve("report.html");
  }

  /** The samples, epoch after epoch. */
  public Path animation() {
    return run.resolve("images").resolve("training.gif");
  }

  /** The figures of quality, if they were measured. */
  public Path quality() {
    return run.resolve("quality.csv");
  }

  /** The last two checkpoints. */
  public CheckpointFolder checkpoints() {
    return new CheckpointFolder(run.resolve("checkpoint"));
  }

  /** The newest checkpoint. */
  public Path checkpoint() {
    return checkpoints().newest();
  }

  /** The generator for other programs. */
  public Path savedModel() {
    return run.resolve("saved_model");
  }
}

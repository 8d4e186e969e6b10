package org.kerastwin.run;

import java.util.List;
import java.util.Optional;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.report.ImageGrid;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;

/** Everything that a run writes at an epoch's end besides its checkpoint. */
final class RunOutput implements EpochOutput {
  /** Rows, and columns, of the grid of samples. */
  private static final int GRID = 10;

  /** Samples of a grid. */
  static final int SAMPLES = GRID * GRID;

  private final RunConfig config;
  private final RunFolder folder;
  private final Sequential generator;

  /** The files in the order in which they are written. New kinds of files go here. */
  private final List<EpochOutput> outputs = List.of(this::writeSamples, this::writeModels);

  RunOutput(RunConfig config, RunFolder folder) {
    this.config = config;
    this.folder = folder;
    this.generator = Dcgan.generator(config.gan().variant(), config.gan().noiseDim());
  }

  @Override
  public void write(EpochEnd end) {
    outputs.forEach(output -> output.write(end));
  }

  private void writeSamples(EpochEnd end) {
    AtomicFile.write(folder.images(end.at().epoch()), new ImageGrid(GRID, GRID).png(end.samples()));
  }

  private void writeModels(EpochEnd end) {
    int epoch = end.at().epoch();
    if (end.runEnds() || epoch % config.saveEvery() == 0) {
      WeightMap weights = end.gan().generatorWeights();
      new ModelFile(generator, weights, Optional.empty()).write(folder.model(epoch));
      AtomicFolder.replace(
          folder.savedModel(),
          target -> SavedModelWriter.write(ModelGraph.of(generator), weights, target));
    }
  }
}

package org.kerastwin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.kerasmodel.Architecture;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Sequential;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;

/** Writes the files of an epoch's end, apart from the checkpoint. */
final class RunOutput implements EpochOutput {
  private final RunConfig config;
  private final RunFolder folder;
  private final Sequential generator;
  private final List<EpochOutput> outputs;

  /**
   * Prepares the outputs.
   *
   * @param further outputs written last, in this order
   */
  RunOutput(RunConfig config, RunFolder folder, List<EpochOutput> further) {
    this.config = config;
    this.folder = folder;
    this.generator = config.networks().generator();
    this.outputs = new ArrayList<>(List.of(this::writeSamples, this::writeModels));
    outputs.addAll(further);
  }

  @Override
  public void write(EpochEnd end) {
    outputs.forEach(output -> output.write(end));
  }

  @Override
  public void diverged(Position at, StepSeries series, Problem problem) {
    outputs.forEach(output -> output.diverged(at, series, problem));
  }

  private void writeSamples(EpochEnd end) {
    AtomicFile.write(
        folder.files().images(end.at().epoch()),
        RunFiles.GRID.png(generator.pixelRange().toSymmetric(end.samples())));
  }

  private void writeModels(EpochEnd end) {
    int epoch = end.at().epoch();
    if (end.runEnds() || epoch % config.saveEvery() == 0) {
      WeightMap weights = end.gan().generatorWeights();
      new ModelFile(generator, weights, Optional.empty()).write(folder.files().model(epoch));
      if (config.gan().averages()) {
        new ModelFile(generator, end.gan().trainedGeneratorWeights(), Optional.empty())
            .write(folder.files().rawModel(epoch));
      }
      AtomicFolder.replace(
          folder.files().savedModel(),
          target ->
              SavedModelWriter.write(
                  ModelGraph.of(generator), weights, Architecture.of(generator), target));
    }
  }
}

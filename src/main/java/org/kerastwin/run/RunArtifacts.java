package org.kerastwin.run;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.io.NdArray;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.report.ImageGrid;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.savedmodel.SavedModelWriter;
import org.kerastwin.weights.WeightMap;

/** A run's pictures and models, made by the packages that know their forms. */
public final class RunArtifacts implements Artifacts {
  private static final int GRID = 10;

  private final Sequential model;
  private final InferenceGraph generator;

  public RunArtifacts(RunConfig config) {
    this.model = Dcgan.generator(config.gan().variant(), config.gan().noiseDim());
    this.generator = ModelGraph.of(model);
  }

  @Override
  public void writeImages(Path png, NdArray samples) {
    AtomicFile.write(png, new ImageGrid(GRID, GRID).png(samples));
  }

  @Override
  public void writeKerasModel(Path file, WeightMap weights) {
    new ModelFile(model, weights, Optional.empty()).write(file);
  }

  @Override
  public void writeSavedModel(Path folder, WeightMap weights) {
    AtomicFolder.replace(folder, target -> SavedModelWriter.write(generator, weights, target));
  }
}

package org.kerastwin.run;

import java.nio.file.Path;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;

/** What a run leaves in forms that training itself knows nothing about. */
public interface Artifacts {
  /**
   * Writes a picture of the run's samples.
   *
   * @param png the file to replace
   * @param samples float32 {@code [100, 28, 28, 1]} in [-1, 1]
   */
  void writeImages(Path png, NdArray samples);

  /**
   * Writes the generator for Keras.
   *
   * @param file the {@code .keras} to replace
   * @param generator its weights
   */
  void writeKerasModel(Path file, WeightMap generator);

  /**
   * Writes the generator for other programs.
   *
   * @param folder the folder to replace
   * @param generator its weights
   */
  void writeSavedModel(Path folder, WeightMap generator);
}

package org.kerastwin.keras;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.WeightMap;

/**
 * A small model, trained for a step and saved in every form by
 * src/test/python/make_keras_fixtures.py.
 *
 * @param name {@code generator} or {@code discriminator}
 */
record TrainedFixture(String name) {
  static final TrainedFixture GENERATOR = new TrainedFixture("generator");
  static final TrainedFixture DISCRIMINATOR = new TrainedFixture("discriminator");

  static Path file(String name) {
    try {
      return Path.of(TrainedFixture.class.getResource("/keras/files/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The model described by the file of that name. */
  static Sequential model(String file, String name) {
    String json = KerasFile.read(file(file)).description().model().orElseThrow();
    return KerasConfig.sequential(json, name, file);
  }

  Sequential model() {
    return model(name + ".keras", name);
  }

  ModelVariables variables() {
    return KerasConfig.variables(model());
  }

  /** The model's weights from Keras. */
  WeightMap weights() {
    return select(name + "/");
  }

  /** The optimizer's variables from Keras. */
  WeightMap slots() {
    return select("optimizer/");
  }

  /** Keras's {@code input} or {@code output}. */
  NdArray array(String which) {
    return Npz.read(file(name + ".npz"), which);
  }

  private WeightMap select(String prefix) {
    Map<String, NdArray> arrays = new LinkedHashMap<>(Npz.readAll(file(name + ".npz")));
    return new WeightMap(arrays).under(prefix);
  }

  @Override
  public String toString() {
    return name;
  }
}

package org.kerastwin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.NamedLayer;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.UnfitNetworksException;
import org.kerastwin.testing.Zeros;
import org.tensorflow.ndarray.Shape;

/** Training from files with frozen layers says what it does with them. */
class FrozenNetworksTest {
  private static final Shape IMAGE = Shape.of(2, 2, 1);

  private static final Sequential GENERATOR =
      new Sequential(
          "generator",
          Shape.of(3),
          List.of(
              new NamedLayer(new Dense(5), Optional.of("still"), false),
              NamedLayer.of(new Dense(4, Activation.Function.TANH)),
              NamedLayer.of(new Reshape(IMAGE))));

  /** As Keras saves it after the GAN was compiled. */
  private static final Sequential DISCRIMINATOR =
      new Sequential(
          "discriminator",
          IMAGE,
          List.of(
              new NamedLayer(new Flatten(), Optional.empty(), false),
              new NamedLayer(new Dense(1), Optional.empty(), false)));

  @TempDir Path folder;

  private Path written(Sequential model) {
    Path file = folder.resolve(model.name() + ".keras");
    new ModelFile(model, Zeros.of(model), Optional.empty()).write(file);
    return file;
  }

  @Test
  void trainsAnEntirelyFrozenNetworkAndSaysSo() {
    InitialWeights read = InitialWeights.read(written(GENERATOR), written(DISCRIMINATOR));
    assertTrue(read.networks().discriminator().frozen().isEmpty());
    List<String> lines = read.report(Map.of());
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("Every layer of the discriminator is")),
        lines.toString());
  }

  @Test
  void leavesSingleLayersFrozenAndNamesThem() {
    InitialWeights read = InitialWeights.read(written(GENERATOR), written(DISCRIMINATOR));
    Sequential generator = read.networks().generator();
    assertEquals(List.of(GENERATOR.nodes().get(0)), generator.frozen());
    assertFalse(generator.weights().get("generator/dense/kernel").trainable());
    assertTrue(generator.weights().get("generator/dense_1/kernel").trainable());
    String line = "Frozen layers of the generator, which keep their weights: still.";
    assertTrue(read.report(Map.of()).contains(line), read.report(Map.of()).toString());
  }

  @Test
  void newNetworksNeedLayersToTrain() {
    assertThrows(UnfitNetworksException.class, () -> new Networks(GENERATOR, DISCRIMINATOR));
  }
}

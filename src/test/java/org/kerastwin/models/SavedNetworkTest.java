package org.kerastwin.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.kerasmodel.Architecture;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Dropout;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.Zeros;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/** Reads back the weights and layers of exported SavedModels. */
class SavedNetworkTest {
  /** A small model with one batch normalization that can be folded and two that cannot. */
  private static final Sequential OTHER =
      new Sequential(
          Dcgan.GENERATOR,
          Shape.of(4),
          new Dense(18, Function.LINEAR),
          new BatchNormalization(0.9, 1e-4),
          new Reshape(Shape.of(3, 3, 2)),
          new LeakyReLU(0.1),
          new Dropout(0.25, OptionalInt.empty()),
          new BatchNormalization(0.9, 1e-4),
          new Conv2DTranspose(3, 3, 2, Function.LINEAR),
          new LeakyReLU(0.1),
          new BatchNormalization(0.9, 1e-4),
          new Conv2DTranspose(1, 3, 2, Function.TANH));

  @TempDir Path folder;

  static Stream<Arguments> forms() {
    return Stream.of(false, true)
        .flatMap(folded -> Stream.of(false, true).map(frozen -> Arguments.of(folded, frozen)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsBackModelsOfOtherArchitectures(boolean folded, boolean frozen) {
    WeightMap weights = random(OTHER);
    FoldedModel form = folded ? FoldedModel.of(OTHER, weights) : new FoldedModel(OTHER, weights);
    new SavedModelOutput(folder.resolve("model")).write(form.model(), form.weights(), frozen);
    ModelFile read = SavedNetwork.read(folder.resolve("model"));
    assertEquals(form.model().nodes(), read.model().nodes());
    assertEquals(form.weights(), read.weights());
  }

  /** Like exports of versions without descriptions. */
  @ParameterizedTest
  @MethodSource("forms")
  void readsModelsOfTheNotebookWithoutADescription(boolean folded, boolean frozen)
      throws IOException {
    Sequential model = Dcgan.generator(Variant.TRANSPOSED, 5);
    FoldedModel form =
        folded ? FoldedModel.of(model, Zeros.of(model)) : new FoldedModel(model, Zeros.of(model));
    new SavedModelOutput(folder.resolve("model")).write(form.model(), form.weights(), frozen);
    Files.delete(description());
    ModelFile read = SavedNetwork.read(folder.resolve("model"));
    assertEquals(form.model().nodes(), read.model().nodes());
    assertEquals(form.weights(), read.weights());
  }

  @Test
  void readsBackDiscriminators() {
    Sequential model = Dcgan.discriminator();
    new SavedModelOutput(folder.resolve("model")).write(model, Zeros.of(model), true);
    assertTrue(SavedNetwork.read(folder.resolve("model")).isDiscriminator());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rejectsDescriptionsOfOtherLayers(boolean frozen) throws IOException {
    new SavedModelOutput(folder.resolve("model")).write(OTHER, random(OTHER), frozen);
    String json = Files.readString(description());
    for (String other :
        List.of(
            json.replace("0.1", "0.3"),
            json.replace("tanh", "sigmoid"),
            Architecture.of(Dcgan.generator(Variant.UPSAMPLING, 4)),
            "{}",
            "no JSON",
            "")) {
      Files.writeString(description(), other);
      assertThrows(
          EnvironmentException.class, () -> SavedNetwork.read(folder.resolve("model")), other);
    }
  }

  private Path description() {
    return folder.resolve("model/assets.extra/architecture.json");
  }

  private static WeightMap random(Sequential model) {
    Random random = new Random(3);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    model
        .weights()
        .forEach(
            (path, weight) -> {
              int size = (int) NdArray.elements(weight.shape());
              float[] values = new float[size];
              for (int i = 0; i < size; i++) {
                values[i] = 0.1f + random.nextFloat();
              }
              weights.put(path, NdArray.ofFloats(values, weight.shape()));
            });
    return new WeightMap(weights);
  }
}

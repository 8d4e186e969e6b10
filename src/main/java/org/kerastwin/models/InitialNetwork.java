package org.kerastwin.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.io.DType;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.kerasmodel.CarriedAdam;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.WeightMap;

/**
 * One of the two networks that a training begins with, and the Adam that its file carries, if any.
 *
 * @param file where it came from
 * @param model what it holds
 */
record InitialNetwork(Path file, ModelFile model) {
  /**
   * Reads one.
   *
   * @param name generator or discriminator
   * @param variant of a file that does not say its architecture
   * @throws EnvironmentException if it is missing, damaged, the other network, or nothing that a
   *     training leaves
   */
  static InitialNetwork read(Path file, String name, Variant variant) {
    if (Files.isDirectory(file)) {
      throw new EnvironmentException(
          name,
          file,
          "a file",
          "a folder",
          "'convert --network %s' makes one of it.".formatted(name));
    }
    if (ModelForm.of(file).filter(form -> form != ModelForm.FOLDER).isEmpty()) {
      throw new UsageException(
          name, file, "a name that ends in " + ModelForm.FILES, "another ending");
    }
    ModelFile model = new ModelSource(file, Optional.of(variant), Optional.of(name)).open();
    if (!model.model().name().equals(name)) {
      throw new EnvironmentException(
          name,
          file,
          "a " + name,
          "a " + model.model().name(),
          "The generator's file comes first, then the discriminator's.");
    }
    InitialNetwork network = new InitialNetwork(file, model);
    network.settings().forEach(adam -> requireFixed(file, adam));
    network.requirePossible();
    return network;
  }

  private static void requireFixed(Path file, AdamSettings adam) {
    if ((float) adam.beta2() != (float) AdamSettings.BETA_2
        || (float) adam.epsilon() != (float) AdamSettings.EPSILON) {
      throw new EnvironmentException(
          "optimizer",
          file,
          "Adam with beta_2 %s and epsilon %s".formatted(AdamSettings.BETA_2, AdamSettings.EPSILON),
          "beta_2 %s and epsilon %s".formatted(adam.beta2(), adam.epsilon()),
          "Save the model without its optimizer.");
    }
  }

  private Stream<AdamSettings> settings() {
    return model.optimizer().flatMap(CarriedAdam::settings).stream();
  }

  /** What the optimizer's variable says, which a schedule may have changed, or its settings. */
  Stream<Double> learningRate() {
    String path = KerasConfig.variables(model.model()).learningRate();
    return model.optimizer().stream()
        .map(adam -> adam.slots().tensors().get(path))
        .flatMap(Stream::ofNullable)
        .map(rate -> Double.parseDouble(Float.toString(rate.floats()[0])));
  }

  /** What the optimizer's settings say. */
  Stream<Double> beta1() {
    return settings().map(AdamSettings::beta1);
  }

  private Stream<Long> updates() {
    String path = KerasConfig.variables(model.model()).iteration();
    return model.optimizer().stream().map(adam -> adam.slots().get(path).longs()[0]);
  }

  /** Refuses what no training leaves, before one begins with it. */
  private void requirePossible() {
    requireFinite(model.weights());
    learningRate().forEach(rate -> require("a learning rate above 0", rate, rate > 0));
    updates().forEach(number -> require("a number of updates", number, number >= 0));
    model.optimizer().ifPresent(adam -> requireFinite(adam.slots()));
  }

  private void requireFinite(WeightMap values) {
    values
        .tensors()
        .forEach(
            (path, value) -> {
              if (value.dtype() == DType.FLOAT32) {
                for (float element : value.floats()) {
                  require("finite numbers at " + path, element, Float.isFinite(element));
                }
              }
            });
  }

  private void require(String expected, Object received, boolean isRight) {
    if (!isRight) {
      throw new EnvironmentException("model", file, expected, String.valueOf(received));
    }
  }

  /** Which Adam the training goes on with, and what of it the file does not say. */
  String adam() {
    if (model.hasOtherOptimizer()) {
      return "a new Adam: its optimizer is no Adam that this program has";
    }
    return updates()
        .findFirst()
        .map(number -> "its Adam after %d updates%s".formatted(number, unsaid()))
        .orElse("a new Adam");
  }

  private String unsaid() {
    String names =
        Stream.concat(
                learningRate().findAny().isEmpty() ? Stream.of("learning rate") : Stream.of(),
                beta1().findAny().isEmpty() ? Stream.of("beta_1") : Stream.of())
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? "" : ", whose %s it does not say".formatted(names);
  }
}

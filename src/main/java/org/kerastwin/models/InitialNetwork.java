package org.kerastwin.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.AdamState;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Variant;
import org.kerastwin.weights.WeightMap;

/**
 * A network that training starts from, with the Adam in its file if there is one.
 *
 * @param file its file
 * @param model the content of the file; all its layers are trained if {@code wasFrozen}
 * @param wasFrozen whether the file says that no layer is trained
 */
record InitialNetwork(Path file, ModelFile model, boolean wasFrozen) {
  /**
   * Reads a network.
   *
   * @param name generator or discriminator
   * @param variant the variant, for files without an architecture; empty if the file must have one
   * @throws EnvironmentException if it is missing, damaged, the other network, or has impossible
   *     values
   */
  static InitialNetwork read(Path file, String name, Optional<Variant> variant) {
    if (Files.isDirectory(file)) {
      throw new EnvironmentException(
          Problem.with(name, file)
              .expected("a file")
              .received("a folder")
              .remedy(Remedy.CONVERT_ONE_NETWORK));
    }
    if (ModelForm.of(file).filter(form -> form != ModelForm.FOLDER).isEmpty()) {
      throw new UsageException(
          Problem.with(name, file)
              .expected("a name that ends in " + ModelForm.FILES)
              .received("another ending"));
    }
    ModelFile model = new ModelSource(file, variant, Optional.of(name)).open(noRun -> {});
    if (!model.model().name().equals(name)) {
      throw new EnvironmentException(
          Problem.with(name, file)
              .expected("a " + name)
              .received("a " + model.model().name())
              .advice("The generator's file comes first, then the discriminator's."));
    }
    boolean wasFrozen = model.model().isFrozen();
    InitialNetwork network =
        new InitialNetwork(file, wasFrozen ? model.thawed() : model, wasFrozen);
    network.settings().ifPresent(adam -> requireDefaults(file, adam));
    network.requirePossible();
    return network;
  }

  /** This program trains only with Keras's defaults for these two. */
  private static void requireDefaults(Path file, AdamSettings adam) {
    if ((float) adam.beta2() != (float) AdamSettings.BETA_2
        || (float) adam.epsilon() != (float) AdamSettings.EPSILON) {
      String pair = "beta_2 %s and epsilon %s";
      throw new EnvironmentException(
          Problem.with("optimizer", file)
              .expected("Adam with " + pair.formatted(AdamSettings.BETA_2, AdamSettings.EPSILON))
              .received(pair.formatted(adam.beta2(), adam.epsilon()))
              .advice("Save the model without its optimizer."));
    }
  }

  /** Lines for the user about layers that the file says are not trained. */
  List<String> describeFrozen() {
    String name = model.model().name();
    if (wasFrozen) {
      return List.of(
          "Every layer of the %s is frozen in '%s', as compiling a GAN leaves it. All are trained."
              .formatted(name, file));
    }
    String frozen =
        model.model().frozen().stream().map(LayerNode::ownName).collect(Collectors.joining(", "));
    return frozen.isEmpty()
        ? List.of()
        : List.of("Frozen layers of the %s, which keep their weights: %s.".formatted(name, frozen));
  }

  /** Its weights, and the slots of those that are trained. */
  Map<String, NdArray> state() {
    Map<String, NdArray> state = new LinkedHashMap<>(model.weights().tensors());
    ModelVariables variables = KerasConfig.variables(model.model());
    Set<String> slots = variables.slotTypes().types().keySet();
    model
        .optimizer()
        .ifPresent(
            adam ->
                adam.slots().tensors().entrySet().stream()
                    .filter(slot -> slots.contains(slot.getKey()))
                    .forEach(slot -> state.put(slot.getKey(), slot.getValue())));
    // A setting of the run.
    state.remove(variables.learningRate());
    return state;
  }

  /** The value of an argument of its optimizer; empty if the file lacks it. */
  Optional<Double> setting(AdamSettings.Argument argument) {
    return argument == AdamSettings.Argument.LEARNING_RATE
        ? learningRate()
        : settings().map(adam -> adam.get(argument));
  }

  private Optional<AdamSettings> settings() {
    return model.optimizer().flatMap(AdamState::settings);
  }

  /** The optimizer's variable, which a schedule may have changed. */
  private Optional<Double> learningRate() {
    String path = KerasConfig.variables(model.model()).learningRate();
    return model
        .optimizer()
        .map(adam -> adam.slots().tensors().get(path))
        .map(rate -> Double.parseDouble(Float.toString(rate.floats()[0])));
  }

  private Optional<Long> updates() {
    String path = KerasConfig.variables(model.model()).iteration();
    return model.optimizer().map(adam -> adam.slots().get(path).longs()[0]);
  }

  /** Rejects impossible values before training starts from them. */
  private void requirePossible() {
    List<String> unsupported = model.unsupportedInTraining();
    if (!unsupported.isEmpty()) {
      throw refused("layers that this program trains", "the argument " + unsupported.get(0));
    }
    requireFinite(model.weights());
    if (learningRate().filter(rate -> !(rate > 0)).isPresent()) {
      throw refused("a learning rate above 0", learningRate().get());
    }
    if (updates().filter(number -> number < 0).isPresent()) {
      throw refused("at least 0 updates", updates().get());
    }
    model.optimizer().ifPresent(adam -> requireFinite(adam.slots()));
  }

  private void requireFinite(WeightMap values) {
    values
        .firstNotFinite()
        .ifPresent(
            found -> {
              throw refused("finite numbers at " + found.getKey(), found.getValue());
            });
  }

  private EnvironmentException refused(String expected, Object received) {
    return new EnvironmentException(
        Problem.with("model", file).expected(expected).received(received));
  }

  /** Describes the Adam to continue with, and the settings that are not in the file. */
  String describeAdam() {
    if (model.hasOtherOptimizer()) {
      return "a new Adam: its optimizer is not a supported Adam";
    }
    return updates()
        .map(number -> "its Adam after %d updates%s".formatted(number, missing()))
        .orElse("a new Adam");
  }

  private String missing() {
    String names =
        Arrays.stream(AdamSettings.Argument.values())
            .filter(argument -> setting(argument).isEmpty())
            .map(AdamSettings.Argument::toString)
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? "" : ", without its " + names;
  }
}

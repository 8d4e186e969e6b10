package org.kerastwin.keras;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.ModelVariables.Entry;
import org.kerastwin.weights.WeightMap;

/**
 * The layout of {@code .weights.h5}, also of {@code model.weights.h5} within {@code .keras}. Keras
 * 3.15.1: {@code saving/saving_lib.py}.
 */
final class WeightsLayout {
  private static final String WHAT = "weights";
  private static final String OPTIMIZER = "optimizer/vars";

  private WeightsLayout() {}

  /**
   * The tensors of a file, without optimizer and metrics: by our paths if the model has them, else
   * by their places.
   */
  static WeightMap weights(Hdf5Content content, ModelVariables variables, Object where) {
    Map<String, NdArray> found = new LinkedHashMap<>(content.dataSets());
    found
        .keySet()
        .removeIf(place -> place.startsWith("optimizer/") || place.startsWith("metrics/"));
    Set<String> unknown = new LinkedHashSet<>(found.keySet());
    variables.weights().values().forEach(entry -> unknown.remove(entry.place()));
    requireNoOtherModel(unknown, where);
    return byPath(found, variables.weights());
  }

  /**
   * Rejects a layer that has layers, which is a model: Keras saves a GAN as a stack of two models.
   */
  private static void requireNoOtherModel(Set<String> unknown, Object where) {
    for (String place : unknown) {
      String[] parts = place.split("/", 4);
      if (parts.length == 4 && parts[0].equals("layers") && parts[2].equals("layers")) {
        throw new EnvironmentException(
            Problem.with(WHAT, where)
                .expected("one network")
                .received("a stack of models, such as '%s'".formatted(Excerpt.of(parts[1])))
                .advice("Save each model to its own file."));
      }
    }
  }

  /** The variables of an optimizer: by our paths if Adam has them, else by their places. */
  static WeightMap slots(Hdf5Content content, ModelVariables variables) {
    Map<String, NdArray> found = new LinkedHashMap<>();
    content.below(OPTIMIZER).forEach((name, tensor) -> found.put(OPTIMIZER + "/" + name, tensor));
    return byPath(found, variables.slots());
  }

  /**
   * Renames tensors at the place of an entry to its path. The others keep their places, with a
   * leading slash if a place looks like one of our paths.
   */
  private static WeightMap byPath(Map<String, NdArray> places, Map<String, Entry> entries) {
    Map<String, NdArray> found = new LinkedHashMap<>();
    Map<String, NdArray> others = new LinkedHashMap<>(places);
    entries.forEach(
        (path, entry) -> {
          NdArray tensor = others.remove(entry.place());
          if (tensor != null) {
            found.put(path, tensor);
          }
        });
    others.forEach(
        (place, tensor) -> found.put(entries.containsKey(place) ? "/" + place : place, tensor));
    return new WeightMap(found);
  }

  /**
   * The content of a file.
   *
   * @param weights the weights of the model
   * @param slots Adam's, or nothing
   */
  static Hdf5Content of(ModelVariables variables, WeightMap weights, Optional<WeightMap> slots) {
    Hdf5Content content = new Hdf5Content();
    for (ModelVariables.Layer layer : variables.layers()) {
      // Keras before 3.6 also expects groups for layers without variables.
      String group = layer.place() + "/vars";
      content.addGroup(group);
      content.addAttribute(group, "name", List.of(layer.ownName()));
    }
    variables
        .weights()
        .forEach((path, entry) -> content.addDataSet(entry.place(), weights.get(path)));
    slots.ifPresent(
        state -> {
          content.addAttribute(OPTIMIZER, "name", List.of("adam"));
          variables
              .slots()
              .forEach((path, entry) -> content.addDataSet(entry.place(), state.get(path)));
        });
    return content;
  }
}

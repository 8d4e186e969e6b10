package org.kerastwin.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.ModelVariables.Entry;
import org.kerastwin.weights.WeightMap;

/**
 * The layout of {@code .weights.h5}, which is that of {@code model.weights.h5} within {@code
 * .keras} too. Keras 3.15.1: {@code saving/saving_lib.py}.
 */
final class WeightsLayout {
  private static final String WHAT = "weights";
  private static final String OPTIMIZER = "optimizer/vars";

  private WeightsLayout() {}

  /**
   * A model's weights, float32.
   *
   * @throws EnvironmentException naming all tensors that are missing and all that are there besides
   *     (Keras would leave them out silently), or the first of another shape
   */
  static WeightMap weights(Hdf5Content content, ModelVariables variables, Object where) {
    requireOneModel(content, where);
    Set<String> places = new TreeSet<>();
    variables.weights().values().forEach(entry -> places.add(entry.place()));
    Set<String> missing = new TreeSet<>(places);
    missing.removeAll(content.dataSets().keySet());
    Set<String> extra = new TreeSet<>(content.dataSets().keySet());
    extra.removeAll(places);
    extra.removeIf(place -> place.startsWith("optimizer/"));
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new EnvironmentException(
          WHAT,
          where,
          "the variables of the model",
          "missing %s, extra %s".formatted(missing, Excerpt.of(extra)),
          "Is it a file of another model?");
    }
    Map<String, NdArray> tensors = new LinkedHashMap<>();
    for (Entry entry : variables.weights().values()) {
      NdArray tensor = content.dataSets().get(entry.place());
      tensors.put(entry.path(), require(entry, tensor, where));
    }
    return new WeightMap(tensors);
  }

  /** A layer with layers of its own is a model: Keras keeps a GAN's two as one stack. */
  private static void requireOneModel(Hdf5Content content, Object where) {
    for (String place : content.dataSets().keySet()) {
      String[] parts = place.split("/", 4);
      if (parts.length == 4 && parts[0].equals("layers") && parts[2].equals("layers")) {
        throw new EnvironmentException(
            WHAT,
            where,
            "one network",
            "a stack of models, such as '" + Excerpt.of(parts[1]) + "'",
            "Save each of them to a file of its own.");
      }
    }
  }

  /** The tensor, if it is float32 of that shape. */
  static NdArray require(Entry entry, NdArray tensor, Object where) {
    if (tensor.dtype() != DType.FLOAT32 || !tensor.shape().equals(entry.shape())) {
      throw new EnvironmentException(
          WHAT,
          "%s[%s]".formatted(where, entry.place()),
          "FLOAT32 " + entry.shape(),
          tensor.toString(),
          "Is it a file of another model?");
    }
    return tensor;
  }

  /** An optimizer's variables: by our paths where an Adam has them, else by their places. */
  static WeightMap slots(Hdf5Content content, ModelVariables variables) {
    Map<String, NdArray> found = new LinkedHashMap<>();
    content.below(OPTIMIZER).forEach((name, tensor) -> found.put(OPTIMIZER + "/" + name, tensor));
    for (Entry entry : variables.slots().values()) {
      NdArray tensor = found.remove(entry.place());
      if (tensor != null) {
        found.put(entry.path(), tensor);
      }
    }
    return new WeightMap(found);
  }

  /**
   * The content of a file.
   *
   * @param weights the model's
   * @param slots Adam's, or nothing
   */
  static Hdf5Content of(ModelVariables variables, WeightMap weights, Optional<WeightMap> slots) {
    Hdf5Content content = new Hdf5Content();
    for (ModelVariables.Layer layer : variables.layers()) {
      // Keras before 3.6 looks for the groups of layers without variables too.
      String group = "layers/" + layer.name() + "/vars";
      content.groups().add(group);
      content.put(group, "name", List.of(layer.name()));
    }
    variables
        .weights()
        .forEach((path, entry) -> content.dataSets().put(entry.place(), weights.get(path)));
    slots.ifPresent(
        state -> {
          content.put(OPTIMIZER, "name", List.of("adam"));
          variables
              .slots()
              .forEach((path, entry) -> content.dataSets().put(entry.place(), state.get(path)));
        });
    return content;
  }
}

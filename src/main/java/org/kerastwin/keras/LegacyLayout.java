package org.kerastwin.keras;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.ModelVariables.Entry;
import org.kerastwin.keras.ModelVariables.Layer;
import org.kerastwin.weights.WeightMap;

/**
 * The layout of legacy {@code .h5}: layers and their weights in the order of the attributes {@code
 * layer_names} and {@code weight_names}; names do not matter. Keras 3.15.1: {@code
 * legacy/saving/legacy_h5_format.py}; Keras 2 writes the same with other names ({@code
 * dense/kernel:0}).
 */
final class LegacyLayout {
  private static final String MODEL = "model_weights";
  private static final String OPTIMIZER = "optimizer_weights";

  private LegacyLayout() {}

  /**
   * A model's weights.
   *
   * @throws EnvironmentException naming the first layer that differs
   */
  static WeightMap weights(Hdf5Content content, ModelVariables variables, Object where) {
    String root = root(content);
    List<String> saved = layers(content, root);
    Map<String, List<Entry>> wanted = groups(variables);
    if (saved.size() != wanted.size()) {
      throw new EnvironmentException(
          problem(where)
              .expected("layers with weights like " + wanted.keySet())
              .received(Excerpt.of(saved)));
    }
    Iterator<List<Entry>> groups = wanted.values().iterator();
    Map<String, NdArray> tensors = new LinkedHashMap<>();
    for (int i = 0; i < saved.size(); i++) {
      List<Entry> entries = groups.next();
      List<String> names = names(content, root, saved.get(i));
      if (names.size() != entries.size()) {
        String layer = "%s[%s]".formatted(where, Excerpt.of(saved.get(i)));
        throw new EnvironmentException(
            problem(layer).expected(entries.size() + " weights").received(Excerpt.of(names)));
      }
      for (int j = 0; j < names.size(); j++) {
        String place = join(join(root, saved.get(i)), names.get(j));
        NdArray tensor = content.dataSets().get(place);
        if (tensor == null) {
          throw new EnvironmentException(
              problem(where).expected("a data set '" + Excerpt.of(place) + "'").received("none"));
        }
        tensors.put(entries.get(j).path(), tensor);
      }
    }
    return new WeightMap(tensors);
  }

  /**
   * The weights by layer. A nested model counts as one layer: first the trainable weights of all
   * its layers, then the others.
   */
  private static Map<String, List<Entry>> groups(ModelVariables variables) {
    Map<String, List<Entry>> groups = new LinkedHashMap<>();
    Map<String, List<Entry>> untrained = new LinkedHashMap<>();
    for (Layer layer : variables.layers()) {
      List<Entry> entries = variables.weights(layer);
      for (int i = 0; i < entries.size(); i++) {
        groups.computeIfAbsent(layer.group(), group -> new ArrayList<>());
        (layer.trains(layer.variables().get(i)) ? groups : untrained)
            .computeIfAbsent(layer.group(), group -> new ArrayList<>())
            .add(entries.get(i));
      }
    }
    untrained.forEach((group, entries) -> groups.get(group).addAll(entries));
    return groups;
  }

  /** The tensor of that index in the first layer with weights. */
  static Optional<NdArray> first(Hdf5Content content, int index) {
    String root = root(content);
    return layers(content, root).stream()
        .findFirst()
        .flatMap(
            layer ->
                names(content, root, layer).stream()
                    .skip(index)
                    .findFirst()
                    .map(name -> content.dataSets().get(join(join(root, layer), name))));
  }

  /** {@code save_weights} of Keras 2 writes the same layout at the root of the file. */
  private static String root(Hdf5Content content) {
    return content.groups().contains(MODEL) ? MODEL : "";
  }

  /** The layers with weights, in order. */
  private static List<String> layers(Hdf5Content content, String root) {
    List<String> saved = new ArrayList<>(content.attribute(root, "layer_names"));
    saved.removeIf(layer -> names(content, root, layer).isEmpty());
    return saved;
  }

  private static List<String> names(Hdf5Content content, String root, String layer) {
    return content.attribute(join(root, layer), "weight_names");
  }

  private static String join(String group, String name) {
    return group.isEmpty() ? name : group + "/" + name;
  }

  private static Problem problem(Object where) {
    return Problem.with("weights", where).advice("It may be a file of another model.");
  }

  /**
   * The variables of an optimizer: by our paths if Adam has them, else by their names. Keras 2
   * omits the learning rate, which is in the description.
   */
  static WeightMap slots(Hdf5Content content, ModelVariables variables) {
    List<String> names = content.attribute(OPTIMIZER, "weight_names");
    List<Entry> entries = new ArrayList<>(variables.slots().values());
    List<String> ofKeras2 = byTurns(names, (entries.size() - 2) / 2);
    if (ofKeras2.size() == entries.size() - 1) {
      names = ofKeras2;
      entries.removeIf(entry -> entry.path().equals(variables.learningRate()));
    }
    Map<String, NdArray> found = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      NdArray tensor = content.dataSets().get(OPTIMIZER + "/" + name);
      if (tensor != null) {
        found.put(names.size() == entries.size() ? entries.get(i).path() : name, tensor);
      }
    }
    return new WeightMap(found);
  }

  /**
   * Puts Keras 2's names in the order of Keras 3: the iteration, then momentum and velocity
   * alternating. The optimizers of Keras 2.11 and later alternate already ({@code
   * Adam/m/dense/kernel:0}). In older ones, and in the later {@code legacy} optimizers, all momenta
   * come first ({@code Adam/dense/kernel/m:0}); standalone Keras numbers them ({@code
   * training/Adam/Variable_1:0}, {@code training/Adam/m_1:0}) and adds placeholders that only
   * AMSGrad uses.
   *
   * @param weights how many weights Adam trains
   */
  private static List<String> byTurns(List<String> names, int weights) {
    boolean isAdam = names.size() == 1 + 2 * weights || names.size() == 1 + 3 * weights;
    if (!isAdam || alternates(names)) {
      return names;
    }
    List<String> ordered = new ArrayList<>(names.subList(0, 1));
    for (int i = 1; i <= weights; i++) {
      ordered.add(names.get(i));
      ordered.add(names.get(weights + i));
    }
    return ordered;
  }

  private static boolean alternates(List<String> names) {
    return names.size() > 2
        && names.get(1).contains("/m/")
        && names.get(2).equals(names.get(1).replaceFirst("/m/", "/v/"));
  }

  /** The content of a file, without the model's description. */
  static Hdf5Content of(ModelVariables variables, WeightMap weights, Optional<WeightMap> slots) {
    Hdf5Content content = new Hdf5Content();
    content.addAttribute(
        MODEL, "layer_names", variables.layers().stream().map(Layer::ownName).toList());
    for (Layer layer : variables.layers()) {
      String group = MODEL + "/" + layer.ownName();
      List<Entry> entries = variables.weights(layer);
      content.addGroup(group);
      if (!entries.isEmpty()) {
        content.addAttribute(
            group, "weight_names", entries.stream().map(Entry::legacyName).toList());
      }
      entries.forEach(
          entry -> content.addDataSet(group + "/" + entry.legacyName(), weights.get(entry.path())));
    }
    slots.ifPresent(
        state -> {
          List<Entry> entries = List.copyOf(variables.slots().values());
          content.addAttribute(
              OPTIMIZER, "weight_names", entries.stream().map(Entry::legacyName).toList());
          entries.forEach(
              entry ->
                  content.addDataSet(
                      OPTIMIZER + "/" + entry.legacyName(), state.get(entry.path())));
        });
    return content;
  }
}

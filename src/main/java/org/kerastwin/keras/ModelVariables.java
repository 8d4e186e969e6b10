package org.kerastwin.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.DType;
import org.kerastwin.weights.WeightTypes;

/**
 * A model's variables under all their names: the one place that maps our paths to those of Keras's
 * files. Keras 3.15.1: {@code saving/saving_lib.py}, {@code legacy/saving/legacy_h5_format.py}.
 *
 * <table>
 * <caption>The names of a kernel, and of an optimizer's slot for it</caption>
 * <tr><td>ours, and Keras's {@code variable.path}</td>
 *     <td>{@code generator/conv2d_1/kernel}</td></tr>
 * <tr><td>{@code .weights.h5}</td><td>{@code layers/conv2d_1/vars/0}</td></tr>
 * <tr><td>legacy {@code .h5}</td>
 *     <td>{@code conv2d_1}, {@code generator/conv2d_1/kernel}</td></tr>
 * <tr><td>ours</td><td>{@code optimizer/generator/conv2d_1/kernel/momentum}</td></tr>
 * <tr><td>{@code .weights.h5}</td><td>{@code optimizer/vars/18}</td></tr>
 * <tr><td>legacy {@code .h5}</td><td>{@code adam/generator_conv2d_1_kernel_momentum}</td></tr>
 * </table>
 *
 * @param model the model's name, the first part of our paths
 * @param layers all layers in order, those without variables too
 */
public record ModelVariables(String model, List<Layer> layers) {
  /** Keeps a copy. */
  public ModelVariables {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param name the class's name in snake case, counted from the second on: {@code conv2d_1}. It is
   *     what Keras calls the layer in {@code .weights.h5}, whatever the layer's own name
   * @param variables in Keras's order, trainable first
   */
  public record Layer(String name, List<Variable> variables) {
    /** Keeps a copy. */
    public Layer {
      variables = List.copyOf(variables);
    }
  }

  /**
   * A variable of a layer.
   *
   * @param name Keras's, such as {@code kernel}
   * @param shape its sizes
   * @param trainable whether an optimizer has slots for it
   */
  public record Variable(String name, List<Integer> shape, boolean trainable) {
    /** Keeps a copy. */
    public Variable {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Where one tensor is.
   *
   * @param path ours
   * @param place in {@code .weights.h5}
   * @param legacyName in legacy {@code .h5}, below the layer's group or {@code optimizer_weights}
   * @param shape its sizes
   */
  record Entry(String path, String place, String legacyName, List<Integer> shape) {}

  /** The weights of a layer, in Keras's order. */
  List<Entry> weights(Layer layer) {
    List<Entry> entries = new ArrayList<>();
    for (Variable variable : layer.variables()) {
      String path = path(layer, variable);
      String place = "layers/" + layer.name() + "/vars/" + entries.size();
      entries.add(new Entry(path, place, path, variable.shape()));
    }
    return entries;
  }

  /** The weights of all layers by our paths, in Keras's order. */
  Map<String, Entry> weights() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    layers.forEach(layer -> weights(layer).forEach(entry -> entries.put(entry.path(), entry)));
    return entries;
  }

  /**
   * Adam's variables by our paths, in Keras's order: iteration, learning rate, then momentum and
   * velocity by turns. Keras 3.15.1: {@code optimizers/adam.py}.
   */
  Map<String, Entry> slots() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    add(entries, iteration(), "iteration", List.of());
    add(entries, learningRate(), "learning_rate", List.of());
    for (Layer layer : layers) {
      for (Variable variable : layer.variables()) {
        if (variable.trainable()) {
          for (String slot : List.of("momentum", "velocity")) {
            String path = path(layer, variable);
            String legacy = path.replace('/', '_') + "_" + slot;
            add(entries, "optimizer/" + path + "/" + slot, legacy, variable.shape());
          }
        }
      }
    }
    return entries;
  }

  /** The types and shapes of the weights, by our paths. */
  WeightTypes weightTypes() {
    Map<String, WeightTypes.Type> types = new LinkedHashMap<>();
    weights().forEach((path, entry) -> types.put(path, WeightTypes.Type.floats(entry.shape())));
    return new WeightTypes(types);
  }

  /** The types and shapes of Adam's variables, by our paths. */
  public WeightTypes slotTypes() {
    Map<String, WeightTypes.Type> types = new LinkedHashMap<>();
    slots()
        .forEach(
            (path, entry) ->
                types.put(
                    path,
                    new WeightTypes.Type(
                        path.equals(iteration()) ? DType.INT64 : DType.FLOAT32, entry.shape())));
    return new WeightTypes(types);
  }

  private static void add(
      Map<String, Entry> entries, String path, String legacyName, List<Integer> shape) {
    String place = "optimizer/vars/" + entries.size();
    entries.put(path, new Entry(path, place, "adam/" + legacyName, shape));
  }

  /** Our path of the optimizer's number of updates, an int64. */
  public String iteration() {
    return "optimizer/" + model + "/iteration";
  }

  /** Our path of the optimizer's learning rate, a float32. */
  public String learningRate() {
    return "optimizer/" + model + "/learning_rate";
  }

  private String path(Layer layer, Variable variable) {
    return model + "/" + layer.name() + "/" + variable.name();
  }
}

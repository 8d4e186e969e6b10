package org.kerastwin.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.DType;
import org.kerastwin.weights.TensorType;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightSpec;
import org.kerastwin.weights.WeightTypes;

/**
 * The names of a model's variables in Keras's files: maps our {@link VariablePaths} to them. Keras
 * 3.15.1: {@code saving/saving_lib.py}, {@code legacy/saving/legacy_h5_format.py}.
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
 * @param layers all layers in order, including those without variables
 */
public record ModelVariables(String model, List<Layer> layers) {
  /** Keeps a copy. */
  public ModelVariables {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param name the class's name in snake case, counted from the second on: {@code conv2d_1}. Keras
   *     uses it in {@code .weights.h5} instead of the layer's own name
   * @param ownName the layer's own name, which legacy {@code .h5} uses
   * @param place the layer's group in {@code .weights.h5}
   * @param variables in Keras's order, trainable first
   * @param trainable whether training changes its weights
   */
  public record Layer(
      String name, String ownName, String place, List<WeightSpec> variables, boolean trainable) {
    /** Keeps a copy. */
    public Layer {
      variables = List.copyOf(variables);
    }

    /** The layer of the outermost model that contains this layer. */
    String group() {
      return place.split("/", 3)[1];
    }

    /** A layer of a model without nested models. */
    public Layer(String name, String ownName, List<WeightSpec> variables, boolean trainable) {
      this(name, ownName, "layers/" + name, variables, trainable);
    }

    /** Whether Keras counts a variable among the trainable ones. */
    boolean trains(WeightSpec variable) {
      return trainable && variable.trainable();
    }
  }

  /**
   * The names of one tensor.
   *
   * @param path our path
   * @param place in {@code .weights.h5}
   * @param legacyName in legacy {@code .h5}, below the layer's group or {@code optimizer_weights}
   * @param type its type and shape
   */
  record Entry(String path, String place, String legacyName, TensorType type) {}

  /** The weights of a layer, in Keras's order. */
  List<Entry> weights(Layer layer) {
    List<Entry> entries = new ArrayList<>();
    for (WeightSpec variable : layer.variables()) {
      String path = path(layer, variable);
      String place = layer.place() + "/vars/" + entries.size();
      entries.add(new Entry(path, place, ownPath(layer, variable), variable.type()));
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
   * velocity alternating. Keras 3.15.1: {@code optimizers/adam.py}.
   */
  Map<String, Entry> slots() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    add(entries, iteration(), "iteration", new TensorType(DType.INT64, List.of()));
    add(entries, learningRate(), "learning_rate", new TensorType(DType.FLOAT32, List.of()));
    for (Layer layer : layers) {
      for (WeightSpec variable : layer.variables()) {
        if (layer.trains(variable)) {
          String path = path(layer, variable);
          for (String slot : List.of(VariablePaths.momentum(path), VariablePaths.velocity(path))) {
            String own = ownPath(layer, variable).replace('/', '_');
            String legacy = own + "_" + VariablePaths.name(slot);
            add(entries, slot, legacy, variable.type());
          }
        }
      }
    }
    return entries;
  }

  /** The types and shapes of the weights, by our paths. */
  WeightTypes weightTypes() {
    return types(weights());
  }

  /** The types and shapes of Adam's variables, by our paths. */
  public WeightTypes slotTypes() {
    return types(slots());
  }

  private static WeightTypes types(Map<String, Entry> entries) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    entries.forEach((path, entry) -> types.put(path, entry.type()));
    return new WeightTypes(types);
  }

  private static void add(
      Map<String, Entry> entries, String path, String legacyName, TensorType type) {
    String place = "optimizer/vars/" + entries.size();
    entries.put(path, new Entry(path, place, "adam/" + legacyName, type));
  }

  /** Our path of the optimizer's number of updates, an int64. */
  public String iteration() {
    return VariablePaths.iteration(model);
  }

  /** Our path of the optimizer's learning rate, a float32. */
  public String learningRate() {
    return VariablePaths.learningRate(model);
  }

  /** The same model with all layers trained. */
  public ModelVariables thawed() {
    return new ModelVariables(
        model,
        layers.stream()
            .map(
                layer ->
                    new Layer(
                        layer.name(), layer.ownName(), layer.place(), layer.variables(), true))
            .toList());
  }

  /** Keras's {@code variable.path}. */
  private String ownPath(Layer layer, WeightSpec variable) {
    return VariablePaths.weight(VariablePaths.layer(model, layer.ownName()), variable.name());
  }

  private String path(Layer layer, WeightSpec variable) {
    return VariablePaths.weight(VariablePaths.layer(model, layer.name()), variable.name());
  }
}

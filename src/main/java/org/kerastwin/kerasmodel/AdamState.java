package org.kerastwin.kerasmodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.weights.TensorType;
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightTypes;

/**
 * The state of Adam, saved with a model.
 *
 * @param settings its arguments; {@code .weights.h5} does not hold them
 * @param slots its variables by our paths; an {@code .npz} may lack the learning rate
 */
public record AdamState(Optional<AdamSettings> settings, WeightMap slots) {
  /**
   * Makes the state from its variables. The learning rate may be missing in both variables and
   * settings.
   *
   * @throws EnvironmentException naming missing and extra variables, or the first variable of
   *     another shape
   */
  public static AdamState of(
      ModelVariables variables, Optional<AdamSettings> settings, WeightMap slots, Object where) {
    WeightMap found = withRate(variables, settings, slots);
    WeightTypes wanted = wanted(variables, found);
    wanted.require(found, where);
    Map<String, NdArray> ordered = new LinkedHashMap<>();
    wanted.types().keySet().forEach(path -> ordered.put(path, found.get(path)));
    return new AdamState(settings, new WeightMap(ordered));
  }

  /** Whether these are all variables of an Adam that trains the whole model. */
  static boolean isWhole(
      ModelVariables variables, Optional<AdamSettings> settings, WeightMap slots) {
    WeightMap found = withRate(variables, settings, slots);
    return wanted(variables, found).areOf(found);
  }

  /** Whether these are too few variables for an Adam that trains the whole model. */
  static boolean isPartial(
      ModelVariables variables, Optional<AdamSettings> settings, WeightMap slots) {
    WeightMap found = withRate(variables, settings, slots);
    return found.paths().size() < wanted(variables, found).types().size();
  }

  private static WeightMap withRate(
      ModelVariables variables, Optional<AdamSettings> settings, WeightMap slots) {
    Map<String, NdArray> found = new LinkedHashMap<>(slots.tensors());
    settings.ifPresent(
        adam -> found.putIfAbsent(variables.learningRate(), scalar(adam.learningRate())));
    return new WeightMap(found);
  }

  private static WeightTypes wanted(ModelVariables variables, WeightMap found) {
    Map<String, TensorType> wanted = new LinkedHashMap<>(variables.slotTypes().types());
    if (!found.paths().contains(variables.learningRate())) {
      wanted.remove(variables.learningRate());
    }
    return new WeightTypes(wanted);
  }

  private static NdArray scalar(double value) {
    return NdArray.ofFloats(new float[] {(float) value}, List.of());
  }
}

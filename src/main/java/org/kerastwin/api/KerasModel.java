package org.kerastwin.api;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Summary;
import org.kerastwin.models.ModelSource;
import org.kerastwin.weights.WeightMap;

/**
 * An immutable generator or discriminator: its architecture, its weights and, if the file has it,
 * the state of its Adam optimizer. Weights have names such as {@code generator/conv2d_1/kernel}.
 */
public final class KerasModel {
  private final ModelFile file;

  private KerasModel(ModelFile file) {
    this.file = file;
  }

  /**
   * Reads a run folder, a SavedModel of this program, or a {@code .keras} or legacy {@code .h5}
   * file.
   *
   * @throws org.kerastwin.EnvironmentException if the file is missing, damaged or holds another
   *     kind of model
   * @throws org.kerastwin.UsageException if the file does not say its architecture
   */
  public static KerasModel read(Path model) {
    return new KerasModel(new ModelSource(model, Optional.empty(), Optional.empty()).read());
  }

  /**
   * Reads a model of a known variant, also from a {@code .weights.h5} or {@code .npz} file that
   * holds only weights.
   *
   * @param variant {@code upsampling}, {@code transposed} or {@code transposed-literal}
   * @throws org.kerastwin.EnvironmentException if the model is missing, damaged or of another
   *     variant
   * @throws org.kerastwin.UsageException if there is no such variant
   */
  public static KerasModel read(Path model, String variant) {
    return new KerasModel(
        new ModelSource(model, Optional.of(Names.variant(variant)), Optional.empty()).read());
  }

  /** The names of all weights, in Keras's order. */
  public List<String> weightNames() {
    return List.copyOf(file.weights().paths());
  }

  /**
   * The shape of a weight as in Keras, such as {@code [5, 5, 64, 1]} for a kernel.
   *
   * @throws IllegalArgumentException if there is no such weight
   */
  public List<Integer> shape(String weight) {
    return file.weights().get(weight).shape();
  }

  /**
   * The values of a weight, float32 in row-major order.
   *
   * @throws IllegalArgumentException if there is no such weight
   */
  public float[] values(String weight) {
    return file.weights().get(weight).floats();
  }

  /**
   * Returns a copy of the model with other values for one weight. The copy has no Adam state,
   * because that belongs to the old weights.
   *
   * @param values float32 in row-major order
   * @throws IllegalArgumentException if there is no such weight, or the number of values differs
   */
  public KerasModel with(String weight, float[] values) {
    Map<String, NdArray> weights = new LinkedHashMap<>(file.weights().tensors());
    weights.put(weight, NdArray.ofFloats(values, shape(weight)));
    return new KerasModel(new ModelFile(file.model(), new WeightMap(weights), Optional.empty()));
  }

  /**
   * Writes a Keras file, or replaces an existing one.
   *
   * @param target a name that ends in {@code .keras}, {@code .weights.h5} or {@code .h5}
   * @throws org.kerastwin.EnvironmentException if the file can't be written
   * @throws org.kerastwin.UsageException if the name has another ending
   */
  public void write(Path target) {
    if (KerasFile.Format.of(target).isEmpty()) {
      throw new UsageException(
          Problem.with("output", target)
              .expected("a name that ends in .keras, .weights.h5 or .h5")
              .received("another ending"));
    }
    file.write(target);
  }

  /** The table of Keras's {@code model.summary()}. */
  public String summary() {
    return Summary.of(file.model());
  }
}

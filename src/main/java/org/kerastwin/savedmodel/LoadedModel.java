package org.kerastwin.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;

/**
 * A SavedModel ready to run: ours, or any other whose signature {@code serving_default} takes one
 * float32 tensor and returns one. Holds native memory until it is closed.
 */
public final class LoadedModel implements AutoCloseable {
  private final SavedModelFolder folder;
  private final SavedModelBundle bundle;

  private LoadedModel(SavedModelFolder folder, SavedModelBundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /**
   * Loads a model.
   *
   * @param folder the folder with {@code saved_model.pb}
   * @param config options of the session that runs it, such as devices and threads
   * @throws EnvironmentException if the folder is missing, damaged, or has another signature
   */
  public static LoadedModel open(Path folder, ConfigProto config) {
    SavedModelFolder model = SavedModelFolder.open(folder);
    try {
      return new LoadedModel(
          model,
          SavedModelBundle.loader(folder.toAbsolutePath().toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(config)
              .load());
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw unreadable(folder, e);
    }
  }

  /** Loads a model to run it on the CPU; TensorFlow's other options are its defaults. */
  public static LoadedModel open(Path folder) {
    return open(folder, ConfigProto.newBuilder().putDeviceCount("GPU", 0).build());
  }

  /** The input's name and shape; its first dimension, the batch, is usually open (-1). */
  public TensorSpec input() {
    return folder.signature().input();
  }

  /** The output's name and shape. */
  public TensorSpec output() {
    return folder.signature().output();
  }

  /**
   * Checks what kind of network it is.
   *
   * @param input the input's shape that is needed, such as {@code [-1, -1]}; -1 takes any size
   * @param output the output's shape that is needed, such as {@code [-1, 28, 28, 1]}
   * @throws EnvironmentException if the model has other shapes
   */
  public void requireShapes(List<Long> input, List<Long> output) {
    if (!new TensorSpec("needed", "", input).accepts(input().shape())
        || !new TensorSpec("needed", "", output).accepts(output().shape())) {
      throw new EnvironmentException(
          "SavedModel",
          folder.layout().folder(),
          "a model from %s to %s".formatted(input, output),
          "one from %s to %s".formatted(input().shape(), output().shape()),
          "Is it a model of another kind?");
    }
  }

  /**
   * Runs the model.
   *
   * @param inputs float32 [n, ...], n at least 1
   * @param batchSize how many rows go through at a time; bounds the memory that is taken
   * @return float32 [n, ...]
   * @throws IllegalArgumentException if the inputs do not fit the model's {@link #input} shape
   */
  public NdArray run(NdArray inputs, int batchSize) {
    requireFitting(inputs.shape());
    if (batchSize < 1) {
      throw new IllegalArgumentException("no batch can have " + batchSize + " rows");
    }
    int rows = inputs.shape().get(0);
    List<NdArray> parts = new ArrayList<>();
    for (int row = 0; row < rows; row += batchSize) {
      parts.add(runOnce(inputs.rows(row, Math.min(rows, row + batchSize))));
    }
    return parts.size() == 1 ? parts.get(0) : joined(parts, rows);
  }

  /**
   * The model's float32 variables by name; for a model of ours the names are our paths, in the
   * order in which they were written. Empty for a frozen model.
   *
   * @throws EnvironmentException if the model is not in TensorFlow 2's layout, or its checkpoint
   *     lacks variables or is damaged
   */
  public WeightMap variables() {
    Path path = folder.layout().folder();
    if (!folder.meta().hasObjectGraphDef()) {
      throw SavedModelFolder.damaged(
          path, "the objects of a TensorFlow 2 model, which name its variables", "none");
    }
    Set<String> names = new LinkedHashSet<>();
    for (SavedObject object : folder.meta().getObjectGraphDef().getNodesList()) {
      if (object.hasVariable() && object.getVariable().getDtype() == DataType.DT_FLOAT) {
        names.add(object.getVariable().getName());
      }
    }
    if (names.isEmpty()) {
      return new WeightMap(Map.of());
    }
    try {
      WeightMap variables = new Checkpoint(folder.layout().checkpoint()).read(names);
      names.removeAll(variables.paths());
      if (!names.isEmpty()) {
        throw SavedModelFolder.damaged(path, "all variables in its checkpoint", "none of " + names);
      }
      return variables;
    } catch (TensorFlowException | IllegalArgumentException | InvalidProtocolBufferException e) {
      throw unreadable(path, e);
    }
  }

  private NdArray runOnce(NdArray inputs) {
    try (Tensor batch = Tensors.of(inputs);
        Result result =
            bundle
                .session()
                .runner()
                .feed(input().tensor(), batch)
                .fetch(output().tensor())
                .run()) {
      return Tensors.toNdArray(result.get(0));
    }
  }

  private void requireFitting(List<Integer> shape) {
    List<Long> sizes = shape.stream().map(Integer::longValue).toList();
    if (!input().accepts(sizes) || sizes.isEmpty() || sizes.get(0) == 0) {
      throw new IllegalArgumentException(
          "the model's input '%s' is %s, received %s"
              .formatted(input().name(), input().shape(), shape));
    }
  }

  private static NdArray joined(List<NdArray> parts, int rows) {
    List<Integer> shape = withRows(parts.get(0).shape(), rows);
    FloatBuffer all = FloatBuffer.allocate((int) NdArray.elements(shape));
    parts.forEach(part -> all.put(part.data().asFloatBuffer()));
    return NdArray.ofFloats(all.array(), shape);
  }

  private static List<Integer> withRows(List<Integer> shape, int rows) {
    List<Integer> changed = new ArrayList<>(shape);
    changed.set(0, rows);
    return changed;
  }

  private static EnvironmentException unreadable(Path where, Exception cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return SavedModelFolder.damaged(where, "a model that TensorFlow loads", reason).causedBy(cause);
  }

  /** Frees the model's session and graph. */
  @Override
  public void close() {
    bundle.close();
  }
}

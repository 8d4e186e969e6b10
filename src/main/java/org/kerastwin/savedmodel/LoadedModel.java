package org.kerastwin.savedmodel;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kerastwin.EnvironmentException;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.runtime.NativeRuntime;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * A loaded SavedModel whose signature {@code serving_default} takes one float32 tensor and returns
 * one. Loading runs code of the model, so it must be trusted; {@link SavedModelFolder#requireGraph}
 * recognizes models of this program. Holds native memory until it is closed.
 */
public final class LoadedModel implements AutoCloseable {
  private final SavedModelFolder folder;
  private final SavedModelBundle bundle;

  private LoadedModel(SavedModelFolder folder, SavedModelBundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /**
   * Loads a model to run it on the CPU with TensorFlow's default options.
   *
   * @param folder the folder with {@code saved_model.pb}
   * @throws EnvironmentException if the folder is missing, damaged, or has another signature
   */
  public static LoadedModel open(Path folder) {
    SavedModelFolder model = SavedModelFolder.open(folder);
    try {
      return new LoadedModel(
          model,
          NativeRuntime.savedModel(folder)
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(ConfigProto.newBuilder().putDeviceCount("GPU", 0).build())
              .load());
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw SavedModelFolder.unreadable(folder, e);
    }
  }

  /** The input's name and shape; its first dimension, the batch, is usually open (-1). */
  public TensorSpec input() {
    return folder.input();
  }

  /** The output's name and shape. */
  public TensorSpec output() {
    return folder.output();
  }

  /**
   * Runs the model.
   *
   * @param inputs float32 [n, ...], n at least 1
   * @param batchSize rows per run; bounds the memory
   * @return float32 [n, ...]
   * @throws IllegalArgumentException if the inputs do not fit the model's {@link #input} shape
   */
  public NdArray run(NdArray inputs, int batchSize) {
    requireFitting(inputs.shape());
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 row per batch, received " + batchSize);
    }
    int rows = inputs.shape().get(0);
    List<NdArray> parts = new ArrayList<>();
    for (int row = 0; row < rows; row += batchSize) {
      parts.add(runOnce(inputs.rows(row, Math.min(rows, row + batchSize))));
    }
    return parts.size() == 1 ? parts.get(0) : joined(parts, rows);
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
    List<Integer> shape = new ArrayList<>(parts.get(0).shape());
    shape.set(0, rows);
    FloatBuffer all = FloatBuffer.allocate((int) NdArray.elements(shape));
    parts.forEach(part -> all.put(part.data().asFloatBuffer()));
    return NdArray.ofFloats(all.array(), shape);
  }

  /** Frees the model's session and graph. */
  @Override
  public void close() {
    bundle.close();
  }
}

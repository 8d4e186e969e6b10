package org.kerastwin.graph;

import java.util.OptionalDouble;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How a session runs its graph.
 *
 * @param device where it runs
 * @param kerasOrder whether sums of bias gradients are those of Keras to the bit; they are made
 *     faster otherwise
 */
public record SessionOptions(Device device, boolean kerasOrder) {
  /** With Keras's order of additions. */
  public SessionOptions(Device device) {
    this(device, true);
  }

  /** TensorFlow's own protocol message for these options. */
  ConfigProto toConfigProto() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setGpuOptions(gpuMemory(device.memoryFraction()))
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewrites()));
    if (device.isCpu()) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /** Takes a GPU's memory as it is needed, not all of it at once. */
  static GPUOptions gpuMemory(OptionalDouble fraction) {
    GPUOptions.Builder options = GPUOptions.newBuilder().setAllowGrowth(true);
    fraction.ifPresent(options::setPerProcessGpuMemoryFraction);
    return options.build();
  }

  /**
   * Pruning or nothing. With oneDNN's kernels a bias's gradient is summed within the gradient of
   * its kernel, in another order and more slowly, where both are found to read the same tensor: for
   * which the identities between them have to go, as in Keras. On a CPU all of grappler costs 0.6
   * seconds more at the start and wins nothing in the steps, and its remapper logs an error when it
   * fails to fuse a BiasAdd whose output a gradient reads.
   */
  private RewriterConfig rewrites() {
    return kerasOrder
        ? RewriterConfig.newBuilder().addOptimizers("pruning").build()
        : RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
  }
}

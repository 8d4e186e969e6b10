package org.kerastwin.runtime;

import java.util.OptionalDouble;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How a session runs its graph.
 *
 * @param device where it runs
 * @param pruned whether the graph is pruned first, as Keras's is: bias gradients are then summed as
 *     in Keras, to the bit; without they are faster
 */
public record SessionOptions(Device device, boolean pruned) {
  /** With all that Keras's bits need. */
  public static SessionOptions exact(Device device) {
    return new SessionOptions(device, true);
  }

  /** TensorFlow's own protocol message for these options. */
  public ConfigProto toConfigProto() {
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
    return pruned
        ? RewriterConfig.newBuilder().addOptimizers("pruning").build()
        : RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
  }
}

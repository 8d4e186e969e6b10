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
 */
public record SessionOptions(Device device) {
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
   * Pruning alone. With oneDNN's kernels a bias's gradient is summed within the gradient of its
   * kernel, in another order, where both are found to read the same tensor: for which the
   * identities between them have to go, as in Keras. All of grappler costs 0.6 seconds more at the
   * start and wins nothing in the steps (batch 256 on 2 cores of a CPU), and its remapper logs an
   * error when it fails to fuse a BiasAdd whose output a gradient reads.
   */
  private static RewriterConfig rewrites() {
    return RewriterConfig.newBuilder().addOptimizers("pruning").build();
  }
}

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
   * None: for these graphs grappler's rewrites cost 0.6 seconds at the start and win nothing in the
   * steps (batch 256 on 2 cores), and its remapper logs an error when it fails to fuse a BiasAdd
   * whose output a gradient reads.
   */
  private static RewriterConfig rewrites() {
    return RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
  }
}

package org.kerastwin.graph;

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
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewrites()));
    if (device.isCpu()) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
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

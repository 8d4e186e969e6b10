package org.kerastwin.runtime;

import java.util.OptionalDouble;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * Options of a session.
 *
 * @param device the device that runs the graph
 * @param pruned whether the graph is pruned first, as in Keras: bias gradients are then summed as
 *     in Keras, bit for bit; without pruning they are faster
 */
public record SessionOptions(Device device, boolean pruned) {
  /** The options that reproduce Keras bit for bit. */
  public static SessionOptions exact(Device device) {
    return new SessionOptions(device, true);
  }

  /** TensorFlow's protocol buffer for these options. */
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

  /** Allocates GPU memory as it is needed, not all at once. */
  static GPUOptions gpuMemory(OptionalDouble fraction) {
    GPUOptions.Builder options = GPUOptions.newBuilder().setAllowGrowth(true);
    fraction.ifPresent(options::setPerProcessGpuMemoryFraction);
    return options.build();
  }

  /**
   * Either only pruning or no rewriting. Pruning removes identities; oneDNN then finds that the
   * gradients of bias and kernel read the same tensor, and computes both together, as in Keras.
   * This adds in another order and is slower. All of grappler would cost 0.6 seconds more at the
   * start on a CPU without faster steps, and its remapper logs an error when it fails to fuse a
   * BiasAdd whose output a gradient reads.
   */
  private RewriterConfig rewrites() {
    return pruned
        ? RewriterConfig.newBuilder().addOptimizers("pruning").build()
        : RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
  }
}

package org.kerastwin.parity.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.NumpyRandom;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;

/**
 * Random numbers by name, the same as in the exporter, so that a reference need not store them.
 * Each name has its own stream: {@code RandomState(crc32("<seed>/<name>")).normal(0, 1, shape)}.
 *
 * @param seed the seed of the reference
 */
public record NamedRandom(long seed) {
  /** Standard normal numbers in double. */
  public double[] normal(String name, int count) {
    CRC32 crc = new CRC32();
    crc.update((seed + "/" + name).getBytes(StandardCharsets.UTF_8));
    return NumpyRandom.ofSeed(crc.getValue()).normal(count);
  }

  /** Standard normal numbers in float32. */
  public NdArray noise(String name, List<Integer> shape) {
    double[] drawn = normal(name, Math.toIntExact(NdArray.elements(shape)));
    float[] values = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      values[i] = (float) drawn[i];
    }
    return NdArray.ofFloats(values, shape);
  }

  /** The input of a network, {@code [batch, …]}: images for the discriminator, else noise. */
  public NdArray input(Sequential network, int batch) {
    List<Integer> shape = new ArrayList<>(List.of(batch));
    shape.addAll(Tensors.dimensions(network.inputShape()));
    return network.name().equals(Dcgan.DISCRIMINATOR)
        ? images("input", shape)
        : noise("input", shape);
  }

  /** Standard normal numbers in float32, clipped to [-1, 1] like pixels. */
  public NdArray images(String name, List<Integer> shape) {
    float[] values = noise(name, shape).floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-1, Math.min(1, values[i]));
    }
    return NdArray.ofFloats(values, shape);
  }
}

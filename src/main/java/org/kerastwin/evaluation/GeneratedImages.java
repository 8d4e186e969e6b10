package org.kerastwin.evaluation;

import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/** The images of a generator that are measured. */
public final class GeneratedImages {
  private GeneratedImages() {}

  /**
   * Generates images from the noise of a seed.
   *
   * @return {@code [count, height, width, channels]} in [-1, 1], also if the generator ends in a
   *     sigmoid
   */
  public static NdArray of(
      Sequential generator, WeightMap weights, Device device, long seed, int count) {
    int noiseDim = Math.toIntExact(generator.inputShape().get(0));
    try (InferenceSession session =
        new InferenceSession(generator, weights, device, Pass.Form.FAST)) {
      NdArray noise = SeededNoise.of(seed, count, noiseDim);
      return generator.pixelRange().toSymmetric(session.run(noise, InferenceSession.BATCH));
    }
  }
}

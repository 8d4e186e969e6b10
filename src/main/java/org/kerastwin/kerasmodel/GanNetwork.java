package org.kerastwin.kerasmodel;

import org.kerastwin.kerasmodel.KerasConfig.Described;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;

/**
 * Reads a description whose role in the GAN is known, and adapts it to vectors of noise and images
 * with channels.
 */
public final class GanNetwork {
  private GanNetwork() {}

  /**
   * Reads a description.
   *
   * @param role {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}
   * @param where the file, for messages
   */
  public static Described read(String json, String role, Object where) {
    Described described = KerasConfig.read(json, role, where);
    Sequential model = described.model();
    return described.with(role.equals(Dcgan.GENERATOR) ? generator(model) : discriminator(model));
  }

  private static Sequential generator(Sequential model) {
    Sequential ofVectors =
        NoiseImages.areNoise(model.inputShape()) ? NoiseImages.generator(model) : model;
    return Networks.areImages(ofVectors.outputShape())
        ? ofVectors
        : GrayImages.generator(ofVectors).orElse(ofVectors);
  }

  private static Sequential discriminator(Sequential model) {
    return GrayImages.discriminator(model).orElse(model);
  }
}

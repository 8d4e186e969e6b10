package org.kerastwin.kerasmodel;

import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.kerasmodel.KerasConfig.DescribedModel;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/**
 * Reads the description of a generator or a discriminator, and adapts the network to vectors of
 * noise and images with channels.
 */
public final class GanNetwork {
  private GanNetwork() {}

  /**
   * Reads a description whose role in the GAN is known.
   *
   * @param role {@link Dcgan#GENERATOR} or {@link Dcgan#DISCRIMINATOR}
   * @param where the file, for messages
   * @throws EnvironmentException if it is not a chain of supported layers
   */
  public static DescribedModel read(String json, String role, Object where) {
    DescribedModel described = KerasConfig.read(json, role, where);
    Sequential model = described.model();
    return described.with(role.equals(Dcgan.GENERATOR) ? generator(model) : discriminator(model));
  }

  /**
   * Reads a description and finds its role from the shapes of input and output.
   *
   * @param where the file, for messages
   * @throws EnvironmentException if it is not a chain of supported layers, or neither a generator
   *     nor a discriminator
   */
  static DescribedModel read(String json, Object where) {
    Sequential model = KerasConfig.sequential(json, Dcgan.GENERATOR, where);
    boolean nestsModels = KerasConfig.nestsModels(json, where);
    String role = role(model, nestsModels).orElseThrow(() -> noNetwork(model, nestsModels, where));
    return read(json, role, where);
  }

  private static Optional<String> role(Sequential model, boolean nestsModels) {
    Shape input = model.inputShape();
    Shape output = model.outputShape();
    boolean isVector = input.numDimensions() == 1;
    if (Networks.areImages(output) && (isVector || NoiseImages.areNoise(input))) {
      return Optional.of(Dcgan.GENERATOR);
    }
    if (input.numDimensions() == 3) {
      return Optional.of(Dcgan.DISCRIMINATOR);
    }
    if (output.size() == 1) {
      // A stack of generator and discriminator also ends in one number.
      return Optional.of(Dcgan.DISCRIMINATOR)
          .filter(role -> !nestsModels && GrayImages.discriminator(model).isPresent());
    }
    return Optional.of(Dcgan.GENERATOR)
        .filter(role -> isVector && GrayImages.generator(model).isPresent());
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

  private static EnvironmentException noNetwork(
      Sequential model, boolean nestsModels, Object where) {
    if (model.outputShape().numDimensions() == 1 && nestsModels) {
      return new EnvironmentException(
          Problem.with("model", where)
              .expected("one network")
              .received(
                  "a model from noise to %s, such as a GAN's stack of models"
                      .formatted(model.outputShape()))
              .advice(
                  "Save each model to its own file. tools/train.py --save-models does so and keeps"
                      + " the generator's optimizer."));
    }
    return new EnvironmentException(
        Problem.with("model", where)
            .expected("a generator from noise to images of 1 or 3 channels")
            .received("a model from %s to %s".formatted(model.inputShape(), model.outputShape())));
  }
}

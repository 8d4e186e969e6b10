package org.kerastwin.layers;

import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Sets whole channels of images to 0 in training, as {@link Dropout} does with elements (Tompson et
 * al., 2014). Keras: {@code layers/regularization/spatial_dropout.py}.
 *
 * @param rate in [0, 1)
 * @param seed of the random numbers; empty to draw one
 */
public record SpatialDropout2D(double rate, OptionalInt seed) implements Layer {
  /** Checks the rate. */
  public SpatialDropout2D {
    Dropout.requireRate(rate);
  }

  @Override
  public Shape outputShape(Shape input) {
    ShapeException.requireImage(input);
    return input;
  }

  @Override
  public boolean isRandom() {
    return rate > 0;
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    Shape channels = Shape.of(x.shape().get(0), 1, 1, x.shape().get(3));
    return Dropout.apply(pass, rate, x, channels);
  }
}

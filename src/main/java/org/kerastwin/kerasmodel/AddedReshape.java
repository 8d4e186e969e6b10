package org.kerastwin.kerasmodel;

import java.util.stream.Stream;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/** Gives a model another shape of input or output, by a Reshape before or after its layers. */
final class AddedReshape {
  private AddedReshape() {}

  /** The same model for inputs of a shape with as many elements. */
  static Sequential ofInput(Sequential model, Shape input) {
    return chain(model, input, Stream.of(new Reshape(model.inputShape())), layers(model));
  }

  /** The same model with outputs of a shape with as many elements. */
  static Sequential ofOutput(Sequential model, Shape output) {
    return chain(model, model.inputShape(), layers(model), Stream.of(new Reshape(output)));
  }

  private static Sequential chain(
      Sequential named, Shape input, Stream<? extends Layer> first, Stream<? extends Layer> last) {
    return new Sequential(named.name(), input, Stream.concat(first, last).toArray(Layer[]::new));
  }

  private static Stream<Layer> layers(Sequential model) {
    return model.nodes().stream().map(Sequential.Node::layer);
  }
}

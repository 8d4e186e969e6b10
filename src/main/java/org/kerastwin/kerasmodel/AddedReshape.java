package org.kerastwin.kerasmodel;

import java.util.stream.Stream;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.NamedLayer;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/** Gives a model another shape of input or output, by a Reshape before or after its layers. */
final class AddedReshape {
  private AddedReshape() {}

  /** The same model for inputs of a shape with as many elements. */
  static Sequential ofInput(Sequential model, Shape input) {
    return chain(
        model,
        input,
        Stream.of(new Reshape(model.inputShape())).map(NamedLayer::of),
        model.layers().stream());
  }

  /** The same model with outputs of a shape with as many elements. */
  static Sequential ofOutput(Sequential model, Shape output) {
    return chain(
        model,
        model.inputShape(),
        model.layers().stream(),
        Stream.of(new Reshape(output)).map(NamedLayer::of));
  }

  private static Sequential chain(
      Sequential named, Shape input, Stream<NamedLayer> first, Stream<NamedLayer> last) {
    return new Sequential(named.name(), input, Stream.concat(first, last).toList());
  }
}

package org.kerastwin.parity;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LayerResult;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Weights;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer with a planted fault in its application.
 *
 * @param layer the correct layer
 * @param fault the wrong application
 */
record FaultyLayer(Layer layer, Fault fault) implements Layer {
  /** A wrong way to apply a layer. */
  @FunctionalInterface
  interface Fault {
    LayerResult apply(Layer layer, Pass pass, Weights weights, Operand<TFloat32> x);
  }

  /** The network with some layers replaced. */
  static Sequential replace(
      Sequential network, Predicate<Layer> selected, UnaryOperator<Layer> change) {
    return new Sequential(
        network.name(),
        network.inputShape(),
        network.nodes().stream()
            .map(node -> selected.test(node.layer()) ? change.apply(node.layer()) : node.layer())
            .toArray(Layer[]::new));
  }

  /** The network with a fault in every layer of a class. */
  static Sequential plant(Sequential network, Class<? extends Layer> type, Fault fault) {
    return replace(network, type::isInstance, layer -> new FaultyLayer(layer, fault));
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return layer.weights(input);
  }

  @Override
  public LayerResult apply(Pass pass, Weights weights, Operand<TFloat32> x) {
    return fault.apply(layer, pass, weights, x);
  }

  @Override
  public String className() {
    return layer.className();
  }
}

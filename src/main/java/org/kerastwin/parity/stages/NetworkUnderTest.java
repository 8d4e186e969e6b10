package org.kerastwin.parity.stages;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.ndarray.Shape;

/**
 * A network and the inputs of its stages.
 *
 * @param meta how the reference was computed
 * @param ours our implementation
 * @param weights of the network
 */
public record NetworkUnderTest(Reference.Meta meta, Implementation ours, WeightMap weights) {
  Sequential network() {
    return ours.network();
  }

  NamedRandom draws() {
    return new NamedRandom(meta.seed());
  }

  /** The input of the network, {@code [batch, …]}. */
  public NdArray input() {
    return draws().input(network(), meta.batch());
  }

  /** The shape of a batch of samples. */
  List<Integer> batchOf(Shape sample) {
    List<Integer> shape = new ArrayList<>(List.of(meta.batch()));
    shape.addAll(Tensors.dimensions(sample));
    return shape;
  }
}

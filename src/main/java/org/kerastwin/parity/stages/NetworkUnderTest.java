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
 * One network with everything that its stages start from.
 *
 * @param meta how the reference was made
 * @param twin our side
 * @param weights the network's
 */
public record NetworkUnderTest(Reference.Meta meta, Implementation twin, WeightMap weights) {
  Sequential network() {
    return twin.network();
  }

  NamedRandom draws() {
    return new NamedRandom(meta.seed());
  }

  /** The network's input, {@code [batch, …]}. */
  public NdArray input() {
    return draws().input(network(), meta.batch());
  }

  /** A sample's shape with the reference's batch. */
  List<Integer> batchOf(Shape sample) {
    List<Integer> shape = new ArrayList<>(List.of(meta.batch()));
    shape.addAll(Tensors.dimensions(sample));
    return shape;
  }
}

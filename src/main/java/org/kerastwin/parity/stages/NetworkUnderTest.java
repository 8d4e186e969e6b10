package org.kerastwin.parity.stages;

import org.kerastwin.io.NdArray;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.WeightMap;

/**
 * A network and the inputs of its stages.
 *
 * @param meta how the reference was computed
 * @param ours our implementation
 * @param weights of the network
 */
record NetworkUnderTest(Reference.Meta meta, Implementation ours, WeightMap weights) {
  Sequential network() {
    return ours.network();
  }

  NamedRandom draws() {
    return new NamedRandom(meta.seed());
  }

  /** The input of the network, {@code [batch, …]}. */
  NdArray input() {
    return draws().input(network(), meta.batch());
  }
}

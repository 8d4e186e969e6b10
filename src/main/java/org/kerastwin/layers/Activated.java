package org.kerastwin.layers;

/** A layer that ends with an activation function, such as Dense, or consists of one. */
public interface Activated extends Layer {
  /** The function; {@link Activation.Function#LINEAR} for none. */
  Activation.Function activation();
}

package org.kerastwin.layers;

/** A layer that applies an activation function to its result, or is nothing but one. */
public interface Activated extends Layer {
  /** The function; {@link Activation.Function#LINEAR} for none. */
  Activation.Function activation();
}

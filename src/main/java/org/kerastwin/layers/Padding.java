package org.kerastwin.layers;

/** How a window treats the border of an image. */
public enum Padding {
  /** Zeros around the image, so that each stride gives one output. */
  SAME,
  /** No padding: the window stays within the image. */
  VALID
}

/**
 * Pictures of generated images: grids, animations, and the files that hold them. Works without a
 * display. Does not depend on TensorFlow or on the source of the images.
 */
package org.kerastwin.image;

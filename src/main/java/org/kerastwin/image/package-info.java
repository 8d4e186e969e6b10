/**
 * Pictures of generated images: grids, animations, and the files that hold them. Works without a
 * display. Knows neither TensorFlow nor the source of the images.
 */
package org.kerastwin.image;

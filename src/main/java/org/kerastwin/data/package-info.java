/**
 * The images to train on: MNIST from Keras's cache, its download or a path, or the embedded digits;
 * kept as bytes and scaled on demand. Knows arrays and files from {@link org.kerastwin.io}, and
 * neither TensorFlow nor what is done with the images. Prints nothing: warnings go to whoever
 * asked.
 */
package org.kerastwin.data;

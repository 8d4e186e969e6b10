/**
 * The bytes of Keras's files: {@code .weights.h5}, {@code .keras} and legacy {@code .h5}, read and
 * written as a {@link org.kerastwin.weights.WeightMap} and the model's description in JSON. The
 * description stays text here; {@code org.kerastwin.kerasmodel} translates it to layers. Files are
 * not trusted: any fault of a file, and any error of the HDF5 library, becomes an {@link
 * org.kerastwin.EnvironmentException}. Does not depend on TensorFlow or on the computations of
 * layers.
 */
package org.kerastwin.keras;

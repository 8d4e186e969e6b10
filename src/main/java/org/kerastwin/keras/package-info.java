/**
 * Keras's files: {@code .weights.h5}, {@code .keras} and legacy {@code .h5}, read and written as a
 * {@link org.kerastwin.weights.WeightMap} and the model's description in JSON, which is only passed
 * through here. Files are not trusted: whatever is wrong with one, and whatever the HDF5 library
 * makes of it, ends in an {@link org.kerastwin.EnvironmentException}. Knows neither TensorFlow nor
 * what a layer computes.
 */
package org.kerastwin.keras;

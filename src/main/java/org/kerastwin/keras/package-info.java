/**
 * Keras's files: {@code .weights.h5}, {@code .keras} and legacy {@code .h5}, read and written as a
 * {@link org.kerastwin.weights.WeightMap} and the model's description in JSON, which is passed
 * through as text. Files are not trusted: whatever is wrong with a file, and whatever the HDF5
 * library throws, ends in an {@link org.kerastwin.EnvironmentException}. Knows neither TensorFlow
 * nor what a layer computes.
 */
package org.kerastwin.keras;

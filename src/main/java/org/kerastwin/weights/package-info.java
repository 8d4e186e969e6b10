/**
 * Weights by path, apart from any graph and any file format: their names, descriptions and values.
 * Knows neither TensorFlow nor files.
 */
package org.kerastwin.weights;

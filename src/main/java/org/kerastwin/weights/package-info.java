/**
 * Weights by path, apart from any graph and any file format. Knows neither TensorFlow nor files.
 */
package org.kerastwin.weights;

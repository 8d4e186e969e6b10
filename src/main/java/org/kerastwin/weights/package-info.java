/**
 * Weights by path, independent of graphs and file formats: their names, types and values. Knows
 * neither TensorFlow nor files.
 */
package org.kerastwin.weights;

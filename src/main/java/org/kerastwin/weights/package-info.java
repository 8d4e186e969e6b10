/**
 * Weights by path, independent of graphs and file formats: their names, types and values. Does not
 * depend on TensorFlow or on files.
 */
package org.kerastwin.weights;

/**
 * The proof that our numbers are Keras's: stages, tolerances, and the comparison of what our graphs
 * compute with a reference that {@code tools/export_reference.py} made from the notebook's Keras
 * models. Knows nothing of the command line; the arithmetic of a comparison knows no TensorFlow.
 */
package org.kerastwin.parity;

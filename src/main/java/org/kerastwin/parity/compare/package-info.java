/**
 * Compares tensors with expected values: error measures, tolerances, the comparison with float64,
 * and the report that collects the results. Does not depend on TensorFlow or on files.
 */
package org.kerastwin.parity.compare;

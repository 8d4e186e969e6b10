/**
 * Compares tensors with expected values: error measures, tolerances, the comparison with float64,
 * and the report that collects the results. Knows no TensorFlow and no files.
 */
package org.kerastwin.parity.compare;

/**
 * Verifies that our graphs compute what Keras computes: {@link org.kerastwin.parity.Verification}
 * compares every stage with a reference that {@code tools/export_reference.py} made with Keras.
 * Knows nothing of the command line.
 *
 * <p>The sub-packages depend on each other in one direction: {@code compare} (the arithmetic of a
 * comparison; no TensorFlow) is known to all; {@code reference} (what Keras computed) knows {@code
 * compare}; {@code stages} (what our graphs compute) knows both; {@code checks} (consistency of a
 * model or run, without a reference) knows {@code stages}; {@code report} (files and text) knows
 * {@code compare} alone. This package knows them all, and none of them knows it.
 */
package org.kerastwin.parity;

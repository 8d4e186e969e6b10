/**
 * Verifies that our graphs compute what Keras computes: {@link org.kerastwin.parity.Verification}
 * compares every stage with a reference that {@code tools/export_reference.py} made with Keras.
 * Knows nothing of the command line.
 *
 * <p>The sub-packages depend on each other in one direction: All know {@code compare}, the
 * arithmetic of comparisons without TensorFlow. {@code reference}, the results of Keras, knows only
 * {@code compare}; {@code stages}, the results of our graphs, knows both; {@code checks},
 * consistency of a model or run without a reference, knows {@code stages} too; {@code report},
 * files and text, knows only {@code compare}. This package knows them all, and none of them knows
 * it.
 */
package org.kerastwin.parity;

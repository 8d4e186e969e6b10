/**
 * Verifies that our graphs compute what Keras computes: {@link org.kerastwin.parity.Verification}
 * compares every stage with a reference that {@code tools/export_reference.py} made with Keras.
 * Does not depend on the command line.
 *
 * <p>The sub-packages depend on each other in one direction. All use {@code compare}, the
 * arithmetic of comparisons without TensorFlow. {@code reference} has the results of Keras. {@code
 * stages} has the results of our graphs and uses {@code reference}. {@code checks} tests a model or
 * run without a reference and uses {@code stages} too. {@code report} writes files and text and
 * uses only {@code compare}. None of them uses this package.
 */
package org.kerastwin.parity;

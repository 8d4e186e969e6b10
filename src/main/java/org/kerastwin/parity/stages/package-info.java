/**
 * The stages of a verification: each computes with our graphs what the reference holds of Keras.
 * Knows {@code parity.compare} and {@code parity.reference}, and nothing of reports.
 */
package org.kerastwin.parity.stages;

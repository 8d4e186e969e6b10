/**
 * The stages of a verification: each computes with our graphs the tensors that the reference has
 * from Keras. Knows {@code parity.compare} and {@code parity.reference}, and nothing of reports.
 */
package org.kerastwin.parity.stages;

/**
 * The stages of a verification: each computes with our graphs the tensors that the reference has
 * from Keras. Depends on {@code parity.compare} and {@code parity.reference}, but not on reports.
 *
 * <p>A new stage is a class here that {@link org.kerastwin.parity.stages.ComputedTensors} calls.
 * Its title is a constant of {@code parity.compare.Stage}, its tolerance is in {@code
 * parity.compare.StageTolerances}, and {@code tools/export_reference.py} computes the tensors with
 * Keras.
 */
package org.kerastwin.parity.stages;

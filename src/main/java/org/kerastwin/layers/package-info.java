/**
 * Keras's layers as immutable records: shapes, weights, the forward computation, and the gradient
 * where autodiff would add in another order than Keras. A layer is a function of its weights and
 * its input. It does not use variables or sessions, and does not depend on training.
 *
 * <p>A new layer is a record here, and a row in {@code org.kerastwin.kerasmodel.LayerTable}, which
 * translates its arguments from and to Keras's JSON.
 */
package org.kerastwin.layers;

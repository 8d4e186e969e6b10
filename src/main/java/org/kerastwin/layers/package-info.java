/**
 * Keras's layers as immutable records: shapes, weights, the forward computation, and the gradient
 * where autodiff would add in another order than Keras. A layer is a function of its weights and
 * its input and does not know variables, sessions or training.
 */
package org.kerastwin.layers;

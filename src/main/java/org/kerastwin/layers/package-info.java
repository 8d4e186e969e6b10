/**
 * Keras's layers as immutable records: shapes, weights, the forward computation and, where autodiff
 * would add in another order than Keras, the layer's own gradient. A layer is a function of its
 * weights and its input; it knows neither variables nor sessions nor training.
 */
package org.kerastwin.layers;

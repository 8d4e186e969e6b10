/**
 * Keras's layers as immutable records: shapes, weights, the forward computation, and a gradient of
 * their own where autodiff would add in another order than Keras. A layer is a function of its
 * weights and its input; it knows neither variables nor sessions nor training.
 */
package org.kerastwin.layers;

/**
 * TensorFlow graphs and sessions: variables with unique paths, sessions and their runs, and
 * tensors. Knows neither layers nor training.
 */
package org.kerastwin.graph;

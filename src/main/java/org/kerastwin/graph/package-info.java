/**
 * TensorFlow graphs and sessions: variables with unique paths, an explicit session, a run of it,
 * and tensors. Knows neither layers nor training.
 */
package org.kerastwin.graph;

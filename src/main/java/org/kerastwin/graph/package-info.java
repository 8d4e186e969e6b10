/**
 * TensorFlow graphs and sessions: variables with unique paths, sessions and their runs, and
 * tensors. Does not depend on layers or training.
 */
package org.kerastwin.graph;

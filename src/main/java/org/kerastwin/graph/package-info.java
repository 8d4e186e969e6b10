/**
 * TensorFlow graphs and sessions: variables with one name each, an explicit session, devices, the
 * native runtime. Knows nothing of layers or of training.
 */
package org.kerastwin.graph;

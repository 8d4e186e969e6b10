/**
 * Models as sequences of layers, the notebook's models among them, their summary, and their use for
 * inference. Knows nothing of training.
 */
package org.kerastwin.model;

/**
 * Event files for TensorBoard: scalars, images and histograms by step. Uses only TensorFlow's
 * protocol buffers, not its native library. Knows nothing about runs.
 */
package org.kerastwin.tensorboard;

/**
 * Event files for TensorBoard: scalars, images and histograms by step. Uses only TensorFlow's
 * protocol buffers, not its native library. Does not depend on runs.
 */
package org.kerastwin.tensorboard;

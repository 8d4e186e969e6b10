/**
 * Event files for TensorBoard: scalars, images and histograms by step. Knows of TensorFlow its
 * protocol buffers alone, not its native library, and nothing about runs.
 */
package org.kerastwin.tensorboard;

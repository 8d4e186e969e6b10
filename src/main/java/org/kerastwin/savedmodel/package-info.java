/**
 * Writes and reads TensorFlow SavedModels. They have TensorFlow 2's own layout and are made from
 * plain protocol buffers, so that Python, Keras's {@code TFSMLayer}, session loaders and TFLite can
 * load them. Takes an inference graph and a {@link org.kerastwin.weights.WeightMap}. Only {@link
 * org.kerastwin.savedmodel.ModelGraph} uses layers and models. Nothing here uses training. {@code
 * Session.save} and {@code SavedModelBundle.Exporter} are not used: they drop resource variables
 * silently.
 */
package org.kerastwin.savedmodel;

/**
 * Writes and reads TensorFlow SavedModels. They have TensorFlow 2's own layout and are made from
 * plain protocol buffers, so that Python, Keras's {@code TFSMLayer}, session loaders and TFLite can
 * load them. Takes an inference graph and a {@link org.kerastwin.weights.WeightMap}; only {@link
 * org.kerastwin.savedmodel.ModelGraph} knows layers and models, nothing here training. {@code
 * Session.save} and {@code SavedModelBundle.Exporter} are not used: they drop resource variables
 * silently.
 */
package org.kerastwin.savedmodel;

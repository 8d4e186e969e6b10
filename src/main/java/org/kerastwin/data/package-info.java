/**
 * Images to train on: MNIST from Keras's cache or its download, files and folders of many forms, or
 * the embedded digits. Images are kept as bytes and scaled on demand. Uses arrays and files from
 * {@link org.kerastwin.io} and does not depend on TensorFlow or on the use of the images. Prints
 * nothing: warnings go to the caller.
 *
 * <p>A new form of data set is a class here that returns a {@link org.kerastwin.data.Dataset};
 * {@code DatasetPath} recognizes the form of a path.
 */
package org.kerastwin.data;

/**
 * Images to train on: MNIST from Keras's cache or its download, files and folders of many forms, or
 * the embedded digits. Images are kept as bytes and scaled on demand. Uses arrays and files from
 * {@link org.kerastwin.io} and does not depend on TensorFlow or on the use of the images. Prints
 * nothing: warnings go to the caller.
 */
package org.kerastwin.data;

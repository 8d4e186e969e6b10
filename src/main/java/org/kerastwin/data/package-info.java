/**
 * Images to train on: MNIST from Keras's cache or its download, files and folders of many forms, or
 * the embedded digits. Images are kept as bytes and scaled on demand. Knows arrays and files from
 * {@link org.kerastwin.io}, but neither TensorFlow nor the use of the images. Prints nothing:
 * warnings go to the caller.
 */
package org.kerastwin.data;

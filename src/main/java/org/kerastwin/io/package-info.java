/**
 * Arrays and the files that hold them: {@code .npy}, {@code .npz}, IDX, and the atomic replacement
 * of files. Knows neither TensorFlow nor what the numbers mean.
 */
package org.kerastwin.io;

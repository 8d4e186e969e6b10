/**
 * Arrays and their files: {@code .npy}, {@code .npz}, IDX; zip archives that are checked when read
 * and reproducible when written; atomic replacement of files and folders. Files are not trusted:
 * readers allocate no more than a file's real size justifies, and whatever is wrong with a file
 * ends in an {@link org.kerastwin.EnvironmentException}. Knows neither TensorFlow nor what the
 * numbers mean, and no other package but the root.
 */
package org.kerastwin.io;

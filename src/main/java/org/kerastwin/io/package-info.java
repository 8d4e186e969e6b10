/**
 * Arrays and their files: {@code .npy}, {@code .npz}, IDX; zip archives that are checked when read
 * and reproducible when written; atomic replacement of files and folders. Files are not trusted:
 * readers allocate no more than a file's real size justifies, and any fault of a file becomes an
 * {@link org.kerastwin.EnvironmentException}. Depends on no package but the root.
 */
package org.kerastwin.io;

/**
 * Where a model comes from and where it goes: run folders, SavedModels, Keras's files and {@code
 * .npz} archives. Knows nothing of the command line.
 */
package org.kerastwin.models;

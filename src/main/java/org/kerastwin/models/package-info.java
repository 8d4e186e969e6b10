/**
 * Reads and writes models in all their forms: run folders, SavedModels, Keras's files and {@code
 * .npz} archives. Knows nothing of the command line.
 */
package org.kerastwin.models;

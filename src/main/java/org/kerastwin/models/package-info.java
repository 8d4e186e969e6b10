/**
 * Reads and writes models in all their forms: run folders, SavedModels, Keras's files and {@code
 * .npz} archives. Does not depend on the command line.
 *
 * <p>A new form of model files is a constant of {@link org.kerastwin.models.ModelForm}. {@link
 * org.kerastwin.models.ModelSource} reads the forms and {@link org.kerastwin.models.ModelOutput}
 * writes them. The bytes of a format belong in a package of their own, such as {@link
 * org.kerastwin.keras} or {@link org.kerastwin.savedmodel}.
 */
package org.kerastwin.models;

/**
 * Converts between Keras's JSON descriptions and our layers, by one table, and reads and writes
 * model files through {@link org.kerastwin.keras}. Does not know runs or SavedModels.
 */
package org.kerastwin.kerasmodel;

/**
 * Converts between Keras's JSON descriptions and our layers, by one table, and reads and writes
 * model files through {@link org.kerastwin.keras}. Knows neither runs nor SavedModels.
 */
package org.kerastwin.kerasmodel;

/**
 * Keras's description of a model in JSON, and our layers: each made from the other. Reads and
 * writes whole model files through {@link org.kerastwin.keras}. Knows neither runs nor SavedModels.
 */
package org.kerastwin.kerasmodel;

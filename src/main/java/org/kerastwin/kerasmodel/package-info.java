/**
 * Translates Keras's JSON descriptions to our layers and back, by one table, {@code LayerTable},
 * and reads and writes model files through {@link org.kerastwin.keras}. Does not depend on runs or
 * SavedModels.
 */
package org.kerastwin.kerasmodel;

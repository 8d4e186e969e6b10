/**
 * A model in memory: a sequence of layers, the notebook's models among them, its summary, and its
 * use for inference. Does not depend on training or on files; {@code org.kerastwin.models} reads
 * and writes models.
 */
package org.kerastwin.model;

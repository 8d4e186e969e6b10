/**
 * NVIDIA's libraries: which of them TensorFlow opens, which are there, and what the driver says of
 * the GPUs. Knows no TensorFlow, so that it can be asked before TensorFlow is loaded.
 */
package org.kerastwin.runtime.cuda;

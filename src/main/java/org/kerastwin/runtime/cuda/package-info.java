/**
 * NVIDIA's libraries: which of them TensorFlow loads, which are there, and which GPUs the driver
 * finds. Does not use TensorFlow, so that it works before TensorFlow is loaded.
 */
package org.kerastwin.runtime.cuda;

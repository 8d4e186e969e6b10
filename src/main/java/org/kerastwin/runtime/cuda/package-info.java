/**
 * NVIDIA's libraries: which ones TensorFlow loads, which are installed, and which GPUs the driver
 * finds. Works before TensorFlow is loaded, so it does not use TensorFlow.
 */
package org.kerastwin.runtime.cuda;

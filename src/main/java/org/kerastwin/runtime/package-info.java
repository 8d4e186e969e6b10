/**
 * The process around the graphs: the native TensorFlow library, devices, the environment, memory,
 * and the standard error that native code writes to. Knows neither graphs nor layers.
 */
package org.kerastwin.runtime;

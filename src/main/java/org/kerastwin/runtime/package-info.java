/**
 * The process in which graphs run: the native TensorFlow library, devices, environment variables,
 * memory, and the standard error of native code. Knows neither graphs nor layers.
 */
package org.kerastwin.runtime;

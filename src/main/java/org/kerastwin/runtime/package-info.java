/**
 * The process in which graphs run: the native TensorFlow library, devices, environment variables,
 * memory, and the standard error of native code. Does not depend on graphs or layers.
 */
package org.kerastwin.runtime;

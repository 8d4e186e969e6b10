/**
 * The public API for Java programs: load a generator and make images, read and write Keras's files,
 * and train. Everything runs on the CPU.
 *
 * <p>Only the types of this package, and the exceptions {@link org.kerastwin.EnvironmentException}
 * and {@link org.kerastwin.UsageException}, are meant for other programs. All other packages may
 * change at any time. The signatures here use only Java's own types.
 */
package org.kerastwin.api;

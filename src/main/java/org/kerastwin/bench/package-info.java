/**
 * Measures what training and generation cost on this machine: time, memory, and how much of its
 * matrix multiplication they reach. Prints nothing.
 */
package org.kerastwin.bench;

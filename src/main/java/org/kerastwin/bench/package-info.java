/**
 * Benchmarks training and generation on this machine: time, memory, and the share of the machine's
 * matrix multiplication speed that a step reaches. Prints nothing.
 */
package org.kerastwin.bench;

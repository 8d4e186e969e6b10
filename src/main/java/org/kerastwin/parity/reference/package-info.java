/**
 * References: results of Keras, read from a file, from the program itself, or from a Python
 * process. Depends on {@code parity.compare}, but not on our graphs.
 */
package org.kerastwin.parity.reference;

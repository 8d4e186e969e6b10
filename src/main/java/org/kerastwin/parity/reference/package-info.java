/**
 * References: what Keras computed, read from a file, from the program itself, or from a Python
 * process. Knows {@code parity.compare}, and none of our graphs.
 */
package org.kerastwin.parity.reference;

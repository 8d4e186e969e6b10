/**
 * References: results of Keras, read from a file, from the program itself, or from a Python
 * process. Knows {@code parity.compare}, but not our graphs.
 */
package org.kerastwin.parity.reference;

/**
 * Examines the environment of the program: versions, devices, data and caches, with a remedy for
 * what is missing. Prints nothing.
 */
package org.kerastwin.diagnosis;

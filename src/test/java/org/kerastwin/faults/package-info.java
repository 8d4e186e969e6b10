/**
 * Plants faults in the main code, one at a time, and counts those that {@code verify} and the tests
 * find. Knows only the compiled program and the text of its sources.
 */
package org.kerastwin.faults;

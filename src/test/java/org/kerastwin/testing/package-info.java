/** What tests of several packages share: Keras's fixtures, closeness, graphs that run once. */
package org.kerastwin.testing;

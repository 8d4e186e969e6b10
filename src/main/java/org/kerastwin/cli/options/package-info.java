/**
 * The options that several commands share, and the values they take. Knows no command and prints
 * nothing.
 */
package org.kerastwin.cli.options;

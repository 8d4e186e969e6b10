/**
 * The options that several commands share, and their converters. Knows no command and prints
 * nothing.
 */
package org.kerastwin.cli.options;

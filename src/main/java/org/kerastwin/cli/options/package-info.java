/**
 * The options that several commands share, or that belong together, and their converters. Does not
 * depend on commands. Prints nothing but warnings about damaged models.
 */
package org.kerastwin.cli.options;

/**
 * The command line: commands, their output, and exit codes. The only package that prints or exits;
 * no other depends on it.
 *
 * <p>A new command is a class here that {@code Program} lists. It reads options, calls other
 * packages for the work, and prints. The descriptions of its options are in {@code
 * options.properties}.
 */
package org.kerastwin.cli;

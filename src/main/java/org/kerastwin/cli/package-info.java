/**
 * The command line: commands, their output, and exit codes. The only package that prints or exits;
 * no other depends on it.
 */
package org.kerastwin.cli;

/**
 * The command line: the commands, what they print, and the exit codes. The only package that prints
 * or exits; no other knows it.
 */
package org.kerastwin.cli;

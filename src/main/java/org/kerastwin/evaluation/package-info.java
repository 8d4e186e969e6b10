/**
 * Measures the quality of a generator: a classifier of MNIST's digits, its features, and the
 * figures that compare generated images with real ones. Does not know the command line or files of
 * generators.
 */
package org.kerastwin.evaluation;

/**
 * The quality of a generator of digits: a classifier of MNIST's digits, its features, and the
 * figures that compare generated images with real ones. Knows neither the command line nor files of
 * generators.
 */
package org.kerastwin.evaluation;

/**
 * How good a generator of digits is: a classifier of MNIST's digits, its features, and the figures
 * that compare generated images with real ones. Knows neither the command line nor where a
 * generator comes from.
 */
package org.kerastwin.evaluation;

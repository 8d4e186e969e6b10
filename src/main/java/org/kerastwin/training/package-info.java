/**
 * The mathematics of training: the loss, Adam, the GAN step and its batches. Knows no folders,
 * files or options.
 */
package org.kerastwin.training;

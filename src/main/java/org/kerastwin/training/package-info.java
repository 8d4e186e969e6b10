/**
 * The mathematics of training: the loss, Adam, the GAN step, and its batches. Must not know
 * folders, files or options.
 */
package org.kerastwin.training;

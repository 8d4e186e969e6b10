/**
 * The mathematics of training: the loss, Adam, the GAN step and its batches. Does not depend on
 * folders, files or options.
 */
package org.kerastwin.training;

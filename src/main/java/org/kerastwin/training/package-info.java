/**
 * The mathematics of training: the loss, Adam, the GAN step, and the batches it takes. Knows no
 * folder, no file and no option.
 */
package org.kerastwin.training;

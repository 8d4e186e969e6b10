/**
 * Training: loss, optimizer, the GAN step, the loop over epochs, and the run folder it leaves.
 * Prints nothing and knows nothing of the command line.
 */
package org.kerastwin.training;

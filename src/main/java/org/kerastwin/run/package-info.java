/**
 * A run and its folder: settings, history, checkpoints, and the training loop that writes them
 * together with pictures, models and reports. Must not know the command line.
 */
package org.kerastwin.run;

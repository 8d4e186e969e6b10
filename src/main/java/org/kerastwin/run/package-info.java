/**
 * A run and its folder: settings, history, checkpoints, pictures and models, and the loop over
 * epochs that writes them. Prints nothing and knows nothing of the command line.
 */
package org.kerastwin.run;

/**
 * The folder of a run and the files in it: settings, history, checkpoints and quality figures. Must
 * not know the training loop that fills them.
 */
package org.kerastwin.run.folder;

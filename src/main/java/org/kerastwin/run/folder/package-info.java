/**
 * The folder of a run and the files in it: settings, history, checkpoints and quality figures. Must
 * not depend on the training loop that fills them.
 *
 * <p>A new column of {@code history.csv} is a {@link org.kerastwin.run.folder.StepSeries.Column}
 * and belongs in the header and rows of {@link org.kerastwin.run.folder.History}. Its value comes
 * from {@code org.kerastwin.training.StepMetrics}.
 */
package org.kerastwin.run.folder;

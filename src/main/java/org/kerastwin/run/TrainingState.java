package org.kerastwin.run;

import java.util.Optional;
import org.kerastwin.run.folder.History;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.TrainingCheckpoint;
import org.kerastwin.training.BatchPrefetcher;
import org.kerastwin.training.GanStep;
import org.kerastwin.weights.WeightMap;

/**
 * The parts of a run that each step changes, all at the same position.
 *
 * @param gan the networks and their optimizers
 * @param batches the batches of the next steps
 * @param history the losses so far
 * @param watch the alarms so far
 */
record TrainingState(GanStep gan, BatchPrefetcher batches, History history, AlarmWatch watch) {
  /**
   * A checkpoint of everything, after which the run could go on.
   *
   * @param variables the variables of the networks and optimizers
   */
  TrainingCheckpoint checkpoint(Position at, WeightMap variables) {
    return new TrainingCheckpoint(
        at.step(), variables, batches.streams(), Optional.of(history.series()), watch.alarms());
  }
}

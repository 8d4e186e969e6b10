package org.kerastwin.run;

import java.util.List;
import org.kerastwin.io.NdArray;
import org.kerastwin.run.folder.Alarm;
import org.kerastwin.run.folder.Position;
import org.kerastwin.run.folder.StepSeries;
import org.kerastwin.training.GanStep;

/**
 * The state of a run at the end of an epoch, or where it stops within one.
 *
 * @param at the point in the run
 * @param runEnds whether the run ends here, for any reason
 * @param series the losses and discriminator outputs of all steps so far
 * @param alarms the alarms so far
 * @param samples images from the same noise at the end of every epoch, float32 {@code [100, height,
 *     width, channels]}
 * @param gan the networks; may generate images and give its weights, but may not train
 */
public record EpochEnd(
    Position at,
    boolean runEnds,
    StepSeries series,
    List<Alarm> alarms,
    NdArray samples,
    GanStep gan) {}

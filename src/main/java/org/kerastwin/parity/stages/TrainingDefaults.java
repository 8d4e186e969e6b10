package org.kerastwin.parity.stages;

import org.kerastwin.model.Variant;
import org.kerastwin.training.GanSettings;

/**
 * The default settings of a training.
 *
 * @param gan the settings of a step
 * @param epochs number of epochs
 */
public record TrainingDefaults(GanSettings gan, int epochs) {
  /** The settings of the notebook. */
  public static final TrainingDefaults NOTEBOOK =
      new TrainingDefaults(GanSettings.notebook(Variant.UPSAMPLING), 50);
}

package org.kerastwin.bench;

import org.kerastwin.runtime.Device;
import org.kerastwin.training.GanSettings;

/**
 * The settings of a benchmark.
 *
 * @param gan the settings of the training step
 * @param device the device to run on
 * @param rounds number of measurements of each figure
 * @param steps steps per round; their median is one measurement
 * @param images generated images per round
 * @param generationBatch batch size of generation
 */
public record BenchSettings(
    GanSettings gan, Device device, int rounds, int steps, int images, int generationBatch) {}

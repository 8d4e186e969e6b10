package org.kerastwin.bench;

import org.kerastwin.runtime.Device;
import org.kerastwin.training.GanSettings;

/**
 * What is measured, and how often.
 *
 * @param gan the graph of the step
 * @param device where it runs
 * @param rounds how often everything is measured, by turns
 * @param steps steps of a round, of which the median counts
 * @param images how many are generated in a round
 * @param generationBatch how many of them in one call
 */
public record BenchSettings(
    GanSettings gan, Device device, int rounds, int steps, int images, int generationBatch) {}

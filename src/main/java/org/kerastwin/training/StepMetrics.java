package org.kerastwin.training;

/**
 * The losses and mean discriminator outputs of a step.
 *
 * @param losses the three losses
 * @param outputOnReal the discriminator's mean output on the real images before its update, 0 to 1
 * @param outputOnFake its mean output on the fakes before its update, 0 to 1
 */
public record StepMetrics(Losses losses, float outputOnReal, float outputOnFake) {}

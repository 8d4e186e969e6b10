package org.kerastwin.evaluation;

/**
 * The figures of a set of images.
 *
 * @param images their number
 * @param recognition what the classifier sees in them, which means something for digits alone
 * @param distances how far they are from real images
 */
public record Metrics(int images, Recognition recognition, Distances distances) {}

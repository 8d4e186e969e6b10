package org.kerastwin.evaluation;

/**
 * The quality figures of a set of images.
 *
 * @param images their number
 * @param recognition what the classifier recognizes; meaningful only for digits
 * @param distances the distances to real images
 */
public record Metrics(int images, Recognition recognition, Distances distances) {}

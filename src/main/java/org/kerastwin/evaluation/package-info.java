/**
 * Measures the quality of a generator: a classifier of MNIST's digits, its features, and the
 * figures that compare generated images with real ones. Does not depend on the command line or on
 * files of generators.
 *
 * <p>A new figure of quality is computed here, in {@code Distances} or {@code Recognition}. It also
 * needs a line in {@code Figure}; {@code EvaluationJson} prints it without a change. {@code
 * org.kerastwin.run.QualityOutput} writes it to {@code quality.csv}, and {@code
 * org.kerastwin.report.QualityFigure} says how to read it and how the page of a run shows it.
 */
package org.kerastwin.evaluation;

/**
 * Presents a run: charts and the page of a run. Works without a display. Knows neither TensorFlow
 * nor the source of the numbers.
 */
package org.kerastwin.report;

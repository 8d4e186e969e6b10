/**
 * What a run shows to people: grids of images, animations, charts, and the page of a run. Works
 * without a display. Knows neither TensorFlow nor where the numbers come from.
 */
package org.kerastwin.report;

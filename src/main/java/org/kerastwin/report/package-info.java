/**
 * What a run shows to people: images, and later charts and pages. Works headless. Knows neither
 * TensorFlow nor how the numbers were made.
 */
package org.kerastwin.report;

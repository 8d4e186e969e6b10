/**
 * HTML pages: the frame and style that all pages share, the page of a run, {@code report.html}, and
 * its charts. Works without a display. Does not depend on TensorFlow or on the source of the
 * numbers; {@code org.kerastwin.run.RunReport} passes them in.
 *
 * <p>Other pages are beside what they show: that of a verification in {@code
 * org.kerastwin.parity.report}, that of an evaluation in {@code org.kerastwin.evaluation}. A new
 * page is a template and a style beside its class, filled by {@code PageTemplate}.
 */
package org.kerastwin.report;

/**
 * Writes the report of a verification: text for a terminal, HTML, JSON, and JUnit XML. Depends only
 * on {@code parity.compare}.
 *
 * <p>A new format is a constant of {@code ReportFile.Form}.
 */
package org.kerastwin.parity.report;

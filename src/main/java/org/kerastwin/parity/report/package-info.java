/**
 * Writes a report: text for a terminal, HTML, JSON, and JUnit XML. Knows {@code parity.compare}
 * alone.
 */
package org.kerastwin.parity.report;

/**
 * Writes a report: text for a terminal, HTML, JSON, and JUnit XML. Knows only {@code
 * parity.compare}.
 */
package org.kerastwin.parity.report;

package org.kerastwin.parity.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;

/** A report as JUnit XML, with one suite per stage of a network and one test case per tensor. */
final class JUnitReport {
  private final XMLStreamWriter xml;

  private JUnitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      new JUnitReport(XMLOutputFactory.newInstance().createXMLStreamWriter(text)).write(report);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private void write(Report report) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    for (Report.Row row : report.rows()) {
      writeSuite(row);
    }
    if (!report.notApplicable().isEmpty()) {
      writeSkipped(report.notApplicable());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void writeSuite(Report.Row row) throws XMLStreamException {
    long failures = row.comparisons().stream().filter(comparison -> !comparison.isSame()).count();
    startSuite(row.network() + ", " + row.stage().title(), row.comparisons().size(), failures, 0);
    for (TensorComparison comparison : row.comparisons()) {
      writeCase(comparison);
    }
    xml.writeEndElement();
  }

  private void writeSkipped(List<String> reasons) throws XMLStreamException {
    startSuite("not applicable", reasons.size(), 0, reasons.size());
    for (String reason : reasons) {
      startCase("not applicable", reason);
      xml.writeEmptyElement("skipped");
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void startSuite(String name, int tests, long failures, int skipped)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", String.valueOf(tests));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", String.valueOf(skipped));
  }

  private void startCase(String suite, String name) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", suite);
    xml.writeAttribute("name", name);
  }

  private void writeCase(TensorComparison comparison) throws XMLStreamException {
    startCase(comparison.network() + "." + comparison.key().stage().id(), comparison.key().name());
    if (!comparison.isSame()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("type", comparison.tolerance().name());
      xml.writeAttribute("message", comparison.describe());
      xml.writeCharacters(comparison.tolerance().reason());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}

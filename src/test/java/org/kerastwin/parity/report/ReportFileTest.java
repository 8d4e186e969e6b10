package org.kerastwin.parity.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.w3c.dom.Element;

/** All report formats name the difference. */
class ReportFileTest {
  private static final Report REPORT =
      new Report(
          List.of(comparison("dense", 1), comparison("conv2d", 2), comparison("<&>", Float.NaN)),
          List.of("something: for a reason"));

  @TempDir Path folder;

  private static TensorComparison comparison(String layer, float ours) {
    return TensorComparison.of(
        "transposed",
        new TensorKey(Stage.LAYER, layer),
        new float[] {ours},
        new ExpectedTensor(List.of(1), new float[] {1}, Optional.of(new float[] {0})));
  }

  @Test
  void jsonHoldsEveryMeasure() throws IOException {
    JsonNode root = JsonMapper.builder().build().readTree(write("report.json").toFile());
    assertEquals(false, root.get("same").asBoolean());
    assertEquals("conv2d", root.get("first_difference").get("tensor").asText());
    assertEquals(3, root.get("tensors").size());
    assertEquals(1.0, root.get("tensors").get(1).get("relative_l2").asDouble());
    assertTrue(root.get("tensors").get(2).get("relative_l2").isNull());
    assertEquals(1, root.get("not_applicable").size());
  }

  @Test
  void xmlFollowsJUnit() throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(write("report.xml").toFile())
            .getDocumentElement();
    assertEquals("testsuites", root.getTagName());
    Element suite = (Element) root.getElementsByTagName("testsuite").item(0);
    assertEquals("3", suite.getAttribute("tests"));
    assertEquals("2", suite.getAttribute("failures"));
    assertEquals(2, root.getElementsByTagName("failure").getLength());
    assertEquals(1, root.getElementsByTagName("skipped").getLength());
  }

  @Test
  void htmlNamesTheFirstDifferenceAndEscapesText() throws IOException {
    String page = Files.readString(write("report.HTML"));
    assertTrue(page.contains("First difference: transposed, layer/conv2d"), page);
    assertTrue(page.contains("&lt;&amp;&gt;"), page);
  }

  @Test
  void htmlShowsErrorsOfDifferentTensorsAndBothPictures() throws IOException {
    Path file = folder.resolve("report.html");
    TensorComparison grid =
        TensorComparison.of(
            "transposed",
            new TensorKey(Stage.GRID, "pixels"),
            new float[] {0, 255},
            new ExpectedTensor(List.of(1, 2), new float[] {0, 255}, Optional.empty()));
    ReportFile.of(file).write(REPORT.and(new Report(List.of(grid), List.of())));
    String page = Files.readString(file);
    assertEquals(2, page.split("class=\"error\"", -1).length - 1);
    assertEquals(3, page.split("class=\"grid\"", -1).length - 1);
    assertTrue(page.contains("transposed: Keras") && page.contains("transposed: ours"), page);
  }

  /** Stage titles and headings are explained, and the cause is named. */
  @Test
  void textExplainsItsColumnsAndTheUsualCause() {
    List<String> lines = TextReport.lines(REPORT);
    for (String column : List.of("bit-equal", "error", "tolerance")) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith(column + ": ")), column);
    }
    String last = lines.get(lines.size() - 1);
    assertTrue(last.endsWith("Usual cause: " + Stage.LAYER.usualCause() + "."), last);
  }

  @Test
  void htmlMarksTheFirstDifferentLayerInTheChain() throws IOException {
    String page = Files.readString(write("report.html"));
    assertTrue(
        page.contains(
            "<span>dense</span>\n<i>→</i><span class=\"different\">conv2d<br>first"
                + " difference</span>"),
        page);
  }

  @Test
  void equalReportsBeginWithTheResult() throws IOException {
    Path file = folder.resolve("equal.html");
    Report equal = new Report(List.of(comparison("dense", 1)), List.of());
    ReportFile.of(file).write(equal);
    String sentence = "No difference: of 1 tensors, 1 have the expected bits.";
    assertTrue(Files.readString(file).contains("<strong>" + sentence + "</strong>"));
    List<String> lines = TextReport.lines(equal);
    assertEquals(sentence, lines.get(lines.size() - 1));
    assertTrue(lines.get(1).endsWith("  equal"), lines.get(1));
  }

  @Test
  void tableEndsWithTheFirstDifference() {
    List<String> lines = TextReport.lines(REPORT);
    assertTrue(lines.get(1).endsWith("DIFFERENT: conv2d"), lines.get(1));
    assertTrue(
        lines.get(lines.size() - 1).startsWith("First difference: transposed, layer/conv2d"));
  }

  @Test
  void rejectsUnknownEndings() {
    assertThrows(UsageException.class, () -> ReportFile.of(Path.of("report.pdf")));
  }

  /** The error comes before anything is compared. */
  @Test
  void rejectsReportsBelowAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    EnvironmentException refusal =
        assertThrows(
            EnvironmentException.class, () -> ReportFile.of(file.resolve("deep/report.json")));
    assertTrue(refusal.getMessage().contains("a folder '" + file + "'"), refusal::getMessage);
    assertEquals(
        "report.json",
        ReportFile.of(folder.resolve("new/report.json")).path().getFileName().toString());
  }

  private Path write(String name) {
    Path file = folder.resolve(name);
    ReportFile.of(file).write(REPORT);
    return file;
  }
}

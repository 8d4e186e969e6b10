package org.kerastwin.parity.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.kerastwin.parity.compare.PixelMap;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorDifference;
import org.kerastwin.report.PageTemplate;

/**
 * A report as one HTML page without scripts: the result, the stages, images of the errors, and all
 * tensors.
 */
record HtmlReport(Report report) {
  /** The most images on a page; different tensors come first. */
  private static final int MAX_PICTURES = 60;

  private static final PageTemplate TEMPLATE = PageTemplate.of(HtmlReport.class, "verification");
  private static final List<String> COLUMNS =
      List.of(
          "network",
          "stage",
          "tensor",
          "result",
          "error",
          "tolerance",
          "used",
          "max absolute",
          "ULP p50, p99",
          "cosine",
          "worst at",
          "ours to float64",
          "Keras to float64");

  String html() {
    boolean isSame = report.firstDifference().isEmpty();
    Set<TensorComparison> inexact = inexact();
    List<Map<String, Object>> grids = grids();
    Map<String, Object> page = new HashMap<>();
    page.put("level", isSame ? "good" : "alarm");
    page.put("verdict", isSame ? "Equal" : "Different");
    page.put("summary", StageLine.summary(report));
    page.put("references", texts(report.references()));
    page.put("notApplicable", texts(report.notApplicable()));
    page.put("chains", NetworkDiagram.of(report).stream().map(HtmlReport::chain).toList());
    page.put("stageHeadings", texts(StageLine.HEADINGS));
    page.put(
        "stages",
        report.rows().stream()
            .map(row -> row(row.isSame(), StageLine.HEADINGS, StageLine.cells(row)))
            .toList());
    page.put("legend", texts(StageLine.LEGEND));
    page.put("hasErrors", inexact.isEmpty() ? "" : "yes");
    page.put("errors", inexact.stream().limit(MAX_PICTURES).map(HtmlReport::error).toList());
    page.put(
        "errorsLeftOut",
        inexact.size() > MAX_PICTURES ? String.valueOf(inexact.size() - MAX_PICTURES) : "");
    page.put("hasGrids", grids.isEmpty() ? "" : "yes");
    page.put("grids", grids);
    page.put("tensorHeadings", texts(COLUMNS));
    page.put(
        "tensors",
        report.comparisons().stream()
            .map(comparison -> row(comparison.isSame(), COLUMNS, cells(comparison)))
            .toList());
    return TEMPLATE.fill("Keras and its Java twin", page);
  }

  /** The layers of a network; the first that differs is marked. */
  private static Map<String, Object> chain(NetworkDiagram chain) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (String layer : chain.layers()) {
      layers.add(
          Map.of(
              "arrow", layers.isEmpty() ? "" : "yes",
              "layer", layer,
              "first", chain.firstDifferent().equals(Optional.of(layer)) ? "yes" : ""));
    }
    return Map.of("network", chain.network(), "layers", layers);
  }

  /** All tensors that differ, and the worst of each stage. */
  private Set<TensorComparison> inexact() {
    Set<TensorComparison> shown = new LinkedHashSet<>();
    report.comparisons().stream().filter(comparison -> !comparison.isSame()).forEach(shown::add);
    report.rows().stream()
        .map(Report.Row::worst)
        .filter(comparison -> !comparison.difference().bitEqual())
        .forEach(shown::add);
    return shown;
  }

  private static Map<String, Object> error(TensorComparison comparison) {
    return figure(
        PngDataUri.ofErrors(comparison.images().error()),
        "%s, %s: at most %s, at %s"
            .formatted(
                comparison.network(),
                comparison.key(),
                number(comparison.difference().maxAbsolute()),
                comparison.worst()));
  }

  private List<Map<String, Object>> grids() {
    return report.comparisons().stream()
        .filter(comparison -> !comparison.images().sides().isEmpty())
        .flatMap(HtmlReport::grids)
        .toList();
  }

  private static Stream<Map<String, Object>> grids(TensorComparison comparison) {
    List<PixelMap> sides = comparison.images().sides();
    return Stream.of(
        figure(PngDataUri.ofGrays(sides.get(0)), comparison.network() + ": Keras"),
        figure(PngDataUri.ofGrays(sides.get(1)), comparison.network() + ": ours"),
        figure(
            PngDataUri.ofErrors(comparison.images().error()),
            "%s: the difference, at most %s of 255"
                .formatted(comparison.network(), number(comparison.difference().maxAbsolute()))));
  }

  private static Map<String, Object> figure(String uri, String caption) {
    return Map.of("uri", uri, "caption", caption);
  }

  private static List<String> cells(TensorComparison comparison) {
    TensorDifference difference = comparison.difference();
    return List.of(
        comparison.network(),
        comparison.key().stage().title(),
        comparison.key().name(),
        comparison.result(),
        number(comparison.error()),
        comparison.tolerance().name() + " " + number(comparison.accepted()),
        StageLine.used(comparison),
        number(difference.maxAbsolute()),
        number(difference.ulpMedian()) + ", " + number(difference.ulp99()),
        String.format(Locale.ROOT, "%.9f", difference.cosine()),
        comparison.worst().toString(),
        comparison.float64().map(float64 -> number(float64.ours())).orElse(""),
        comparison.float64().map(float64 -> number(float64.keras())).orElse(""));
  }

  private static Map<String, Object> row(boolean same, List<String> headings, List<String> cells) {
    return Map.of(
        "rowClass",
        same ? "" : "different",
        "cells",
        IntStream.range(0, cells.size())
            .mapToObj(i -> Map.of("label", headings.get(i), "text", cells.get(i)))
            .toList());
  }

  private static List<Map<String, String>> texts(List<String> texts) {
    return texts.stream().map(text -> Map.of("text", text)).toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}

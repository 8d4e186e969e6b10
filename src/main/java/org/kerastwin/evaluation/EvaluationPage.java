package org.kerastwin.evaluation;

import static org.kerastwin.evaluation.Figure.number;
import static org.kerastwin.evaluation.Figure.percent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.image.Png;
import org.kerastwin.io.NdArray;
import org.kerastwin.report.PageTemplate;

/**
 * An evaluation as one HTML page without scripts: samples, the frequencies of the digits, the
 * figures, and the nearest training images.
 */
public final class EvaluationPage {
  private static final PageTemplate TEMPLATE = PageTemplate.of(EvaluationPage.class, "evaluation");

  private EvaluationPage() {}

  /** The page. */
  public static String of(Evaluation evaluation) {
    Map<String, Object> page = new HashMap<>();
    page.put("model", evaluation.model());
    page.put("images", String.format(Locale.ROOT, "%,d", evaluation.figures().images()));
    page.put("seed", evaluation.seed());
    page.put("reference", evaluation.reference());
    int samples = evaluation.samples().shape().get(0);
    page.put("samples", samples);
    page.put("grid", uri(evaluation.samples(), ImageGrid.holding(samples)));
    Optional<Recognition> real = evaluation.ofTestImages().map(Metrics::recognition);
    page.put(
        "recognized", evaluation.ofDigits() ? recognized(evaluation.figures().recognition()) : "");
    page.put("recognizedReal", real.map(EvaluationPage::recognized).orElse(""));
    page.put(
        "classes",
        evaluation.ofDigits() ? classes(evaluation.figures().recognition(), real) : List.of());
    page.put(
        "columns",
        EvaluationTable.columns(evaluation).stream().map(name -> Map.of("name", name)).toList());
    page.put(
        "rows", EvaluationTable.figures(evaluation).stream().map(EvaluationPage::row).toList());
    page.put("nearest", evaluation.nearest().stream().map(EvaluationPage::nearest).toList());
    return TEMPLATE.fill("Evaluation of " + evaluation.model(), page);
  }

  private static String recognized(Recognition recognition) {
    return percent(recognition.confidentShare());
  }

  /** The bars of the digits; the longest bar or the farthest line ends at 100%. */
  private static List<Map<String, Object>> classes(Recognition ours, Optional<Recognition> real) {
    double greatest =
        Stream.concat(Stream.of(ours), real.stream())
            .mapToDouble(each -> Collections.max(each.classes()))
            .max()
            .orElseThrow();
    List<Map<String, Object>> bars = new ArrayList<>();
    for (int c = 0; c < Classifier.CLASSES; c++) {
      int digit = c;
      double share = ours.classes().get(c);
      bars.add(
          Map.of(
              "digit", c,
              "share", percent(share),
              "width", number(100 * share / greatest),
              "real",
                  real.map(each -> number(100 * each.classes().get(digit) / greatest)).orElse("")));
    }
    return bars;
  }

  private static Map<String, Object> row(EvaluationTable.Row row) {
    return Map.of(
        "figure", row.figure(),
        "values", row.values().stream().map(value -> Map.of("value", value)).toList(),
        "reading", row.explanation());
  }

  private static Map<String, Object> nearest(NearestImages nearest) {
    int count = nearest.distances().size();
    ImageGrid row = new ImageGrid(count, 1);
    return Map.of(
        "count", count,
        "distance", number(nearest.meanDistance()),
        "distanceOfReal", nearest.ofTestImages().map(Figure::number).orElse(""),
        "imagesUri", uri(nearest.samples(), row),
        "nearestUri", uri(nearest.nearest(), row));
  }

  private static String uri(NdArray images, ImageGrid grid) {
    return Png.dataUri(grid.png(images));
  }
}

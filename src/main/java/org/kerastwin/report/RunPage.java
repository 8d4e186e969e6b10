package org.kerastwin.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.image.Png;

/**
 * A run as one self-contained HTML page: images, charts, alarms, settings, and commands to
 * continue. Its size is bounded, even for long runs.
 *
 * @param title the networks and the data set
 * @param state the state of the run, such as "Completed"
 * @param epochs the planned number of epochs
 * @param values the measurements of every step
 * @param frames images from the same noise, in the order of the epochs
 * @param grid the arrangement of the images in a frame
 * @param quality quality figures of some epochs, each a curve over the epochs; may be empty
 * @param alarms the alarms of the run, a sentence each
 * @param settings the settings by name, in display order
 * @param commands suggested next commands
 */
public record RunPage(
    String title,
    String state,
    int epochs,
    StepValues values,
    List<Frame> frames,
    ImageGrid grid,
    List<Quality> quality,
    List<String> alarms,
    Map<String, String> settings,
    List<NextCommand> commands) {
  /** More frames, of 50 kB each, would make the page too large to send. */
  public static final int MAX_FRAMES = 200;

  private static final int MAX_ROWS = 60;
  private static final PageTemplate TEMPLATE = PageTemplate.of(RunPage.class, "run");
  private static final String SCRIPT = Template.read(RunPage.class, "run.js");

  /**
   * The images of an epoch.
   *
   * @param epoch from 1
   * @param png as {@link ImageGrid} draws it
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Frame(int epoch, byte[] png) {
    /** The decoded image. */
    public BufferedImage image() {
      try {
        return Png.decode(png);
      } catch (IOException e) {
        throw new IllegalArgumentException("unreadable image of epoch " + epoch, e);
      }
    }

    String uri() {
      return Png.dataUri(png);
    }
  }

  /**
   * A figure of the quality of the images.
   *
   * @param column its name in {@code quality.csv}
   * @param epochs the evaluated epochs, ascending
   * @param measured the figure at each of these epochs
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Quality(String column, double[] epochs, float[] measured) {
    /** The name for readers. */
    String title() {
      return QualityFigure.of(column)
          .map(QualityFigure::title)
          .orElseGet(() -> column.replace('_', ' '));
    }
  }

  /**
   * A suggested next command.
   *
   * @param purpose its purpose in a few words
   * @param line the command line, to paste into a shell
   */
  public record NextCommand(String purpose, String line) {}

  /**
   * Chooses epochs to show if there are too many: the first, the last, and some between, evenly
   * spaced.
   */
  public static List<Integer> chosen(List<Integer> epochs) {
    if (epochs.size() <= MAX_FRAMES) {
      return epochs;
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < MAX_FRAMES; i++) {
      chosen.add(epochs.get(Math.toIntExact((long) i * (epochs.size() - 1) / (MAX_FRAMES - 1))));
    }
    return chosen;
  }

  /** The page. */
  public String html() {
    List<Finding> findings = Finding.of(values, diversity(), alarms);
    Map<String, Object> page = new HashMap<>();
    page.put("script", SCRIPT);
    page.put("title", title);
    page.put("state", state);
    page.put("progress", progress());
    page.put("level", Finding.worst(findings).name().toLowerCase(Locale.ROOT));
    page.put("verdict", verdict(findings));
    page.put("findings", findings.stream().map(RunPage::finding).toList());
    page.put("figures", figures());
    page.put(
        "last", frames.stream().skip(Math.max(0, frames.size() - 1)).map(RunPage::frame).toList());
    page.put("lastFrame", frames.size() - 1);
    page.put("frames", frames.stream().map(RunPage::frame).toList());
    page.put("several", frames.size() > 1 ? "yes" : "");
    RunCharts charts = new RunCharts(values);
    page.put("charts", charts.html());
    page.put("smoothing", charts.smoothing());
    page.put("hasOutputs", values.hasOutputs() ? "yes" : "");
    page.put("zoom", values.lastEpoch() > 1 ? "yes" : "");
    page.put("epochs", Math.max(1, values.lastEpoch()));
    page.put("qualityCharts", charts.html(quality));
    page.put("rows", rows());
    page.put("settings", settings.entrySet().stream().map(RunPage::setting).toList());
    page.put("goOn", commands.isEmpty() ? "" : "yes");
    page.put(
        "commands",
        commands.stream()
            .map(each -> Map.of("purpose", each.purpose(), "line", each.line()))
            .toList());
    return TEMPLATE.fill(title + ": " + progress(), page);
  }

  private static String verdict(List<Finding> findings) {
    long count = findings.stream().filter(each -> each.level() == Finding.Level.ALARM).count();
    return switch (Finding.worst(findings)) {
      case GOOD -> "No alarms";
      case NOTE -> "Too early to judge";
      case ALARM -> count == 1 ? "1 alarm" : count + " alarms";
    };
  }

  private double diversity() {
    return frames.isEmpty()
        ? Double.NaN
        : SampleDiversity.of(frames.get(frames.size() - 1).image(), grid);
  }

  private String progress() {
    return String.format(
        Locale.ROOT, "Epoch %d of %d, %,d steps", values.lastEpoch(), epochs, values.steps());
  }

  private static Map<String, Object> finding(Finding finding) {
    return Map.of(
        "level", finding.level().name().toLowerCase(Locale.ROOT),
        "title", finding.title(),
        "detail", finding.detail());
  }

  private static Map<String, Object> frame(Frame frame) {
    return Map.of("epoch", frame.epoch(), "uri", frame.uri());
  }

  private static Map<String, Object> setting(Map.Entry<String, String> setting) {
    return Map.of("name", setting.getKey(), "value", setting.getValue());
  }

  /** The means of the last epoch, and the latest figures of quality. */
  private List<Map<String, Object>> figures() {
    int epoch = values.lastEpoch();
    List<Map<String, Object>> figures = new ArrayList<>();
    figures.add(figure("loss on real", values.mean(values.lossReal(), epoch)));
    figures.add(figure("loss on fakes", values.mean(values.lossFake(), epoch)));
    figures.add(figure("generator loss", values.mean(values.lossGenerator(), epoch)));
    if (values.hasOutputs()) {
      figures.add(figure("output on real", values.mean(values.outputReal(), epoch)));
      figures.add(figure("output on fakes", values.mean(values.outputFake(), epoch)));
    }
    for (Quality each : quality) {
      figures.add(figure(each.title(), each.measured()[each.measured().length - 1]));
    }
    return figures;
  }

  private static Map<String, Object> figure(String name, double value) {
    return Map.of("name", name, "value", LineChart.number(value));
  }

  /** The charts as numbers: the means of the epochs, or of some epochs in a long run. */
  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    int last = values.lastEpoch();
    int step = Math.max(1, (last + MAX_ROWS - 1) / MAX_ROWS);
    for (int epoch = 1; epoch <= last; epoch += step) {
      rows.add(row(epoch));
    }
    return rows;
  }

  private Map<String, Object> row(int epoch) {
    return Map.of(
        "epoch", epoch,
        "real", LineChart.number(values.mean(values.lossReal(), epoch)),
        "fake", LineChart.number(values.mean(values.lossFake(), epoch)),
        "generator", LineChart.number(values.mean(values.lossGenerator(), epoch)),
        "outputReal", LineChart.number(values.mean(values.outputReal(), epoch)),
        "outputFake", LineChart.number(values.mean(values.outputFake(), epoch)));
  }
}

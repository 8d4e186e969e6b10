package org.kerastwin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.io.NdArray;

final class RunPageTest {
  private static final ImageGrid GRID = new ImageGrid(2, 2);
  private static final int STEPS_PER_EPOCH = 100;

  private static byte[] png(int seed) {
    float[] pixels = new float[4 * 28 * 28];
    Random random = new Random(seed);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat() * 2 - 1;
    }
    return GRID.png(NdArray.ofFloats(pixels, List.of(4, 28, 28, 1)));
  }

  private static RunPage page(int steps, int frames, float output) {
    return page(steps, frames, output, List.of());
  }

  private static RunPage page(int steps, int frames, float output, List<String> alarms) {
    float[] losses = new float[steps];
    Arrays.fill(losses, 0.7f);
    float[] outputs = new float[steps];
    Arrays.fill(outputs, output);
    return new RunPage(
        "upsampling on <digits>",
        "Completed",
        10,
        new StepValues(STEPS_PER_EPOCH, losses, losses, losses, outputs, outputs),
        IntStream.rangeClosed(1, frames).mapToObj(i -> new RunPage.Frame(i, png(i))).toList(),
        GRID,
        List.of(
            new RunPage.Quality("frechet_distance", new double[] {1, 2}, new float[] {8, 4}),
            new RunPage.Quality("recall", new double[] {1, 2}, new float[] {0, 0}),
            new RunPage.Quality("other_figure", new double[] {1, 2}, new float[] {0, 0})),
        alarms,
        Map.of("batch size", "256"),
        List.of(new RunPage.NextCommand("Resume", "train --output \"a b\"")));
  }

  @Test
  void holdsTheImagesOfEveryEpoch() {
    String html = page(300, 3, 0.5f).html();
    for (int epoch = 1; epoch <= 3; epoch++) {
      String uri = "data:image/png;base64," + Base64.getEncoder().encodeToString(png(epoch));
      assertTrue(html.contains("<img src=\"" + uri + "\" alt=\"Images after epoch " + epoch));
    }
  }

  @Test
  void showsCurvesFiguresSettingsAndCommands() {
    String html = page(300, 3, 0.5f).html();
    for (String part :
        List.of(
            "<h1>upsampling on &lt;digits&gt;</h1>",
            "Epoch 3 of 10, 300 steps",
            "id=\"losses\"",
            "id=\"outputs\"",
            "<dt>Fréchet distance</dt><dd>4.000</dd>",
            "Lower is better: how far the images are from real ones.",
            "<dt>other figure</dt><dd>0.000</dd>",
            "<th scope=\"row\">batch size</th><td>256</td>",
            "<code>train --output &quot;a b&quot;</code>",
            "<p class=\"verdict good\">No alarms</p>")) {
      assertTrue(html.contains(part), part);
    }
  }

  /** Ticks at every half or fifth, and not several with the label 0. */
  @Test
  void chartsOfZerosHaveAnAxisToOne() {
    String html = page(300, 3, 0.5f).html();
    String charts = html.substring(html.indexOf("<h3>Recall</h3>"));
    assertEquals(2, charts.split("data-low=\"0.0\" data-high=\"1.0\"", -1).length - 1);
  }

  @Test
  void referencesNothingOutside() {
    String html = page(300, 3, 0.5f).html();
    assertFalse(html.matches("(?s).*\\b(src|href)=\"(?!data:|#).*"));
    assertFalse(html.contains("http"));
    assertFalse(html.contains("url("));
    assertFalse(html.contains("{{"));
  }

  @Test
  void showsAlarms() {
    String html = page(600, 3, 0.5f, List.of("training at step '7': lost.")).html();
    assertTrue(html.contains("<p class=\"verdict alarm\">1 alarm</p>"));
    assertTrue(html.contains("<b>The run raised an alarm</b> training at step '7': lost."));
  }

  @Test
  void namesMissingDiscriminatorOutputs() {
    String html = page(300, 3, Float.NaN).html();
    assertTrue(html.contains("did not record the discriminator's mean outputs"));
    assertFalse(html.contains("id=\"outputs\""));
  }

  @Test
  void showsRunsWithinTheFirstEpochBySteps() {
    String html = page(7, 1, 0.5f).html();
    assertTrue(html.contains("Losses by step."));
    assertFalse(html.contains("id=\"epoch\""), "a slider for one picture");
  }

  /** Ten times as many steps only make coordinates longer. */
  @Test
  void sizeDoesNotGrowWithTheSteps() {
    int size = page(20_000, 3, 0.5f).html().length();
    int tenfold = page(200_000, 3, 0.5f).html().length();
    assertTrue(tenfold < 1.25 * size, size + " and " + tenfold);
  }

  @Test
  void choosesFramesFromTheFirstToTheLast() {
    List<Integer> few = List.of(1, 2, 5);
    assertEquals(few, RunPage.chosen(few));
    List<Integer> chosen = RunPage.chosen(IntStream.rangeClosed(1, 1000).boxed().toList());
    assertEquals(RunPage.MAX_FRAMES, chosen.size());
    assertEquals(1, chosen.get(0));
    assertEquals(1000, Collections.max(chosen));
    assertEquals(chosen, chosen.stream().sorted().distinct().toList());
  }

  @Test
  void sameRunGivesTheSamePage() {
    assertEquals(page(300, 3, 0.5f).html(), page(300, 3, 0.5f).html());
  }
}

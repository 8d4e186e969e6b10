package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;

class EvaluateCommandTest {
  private static final String GENERATOR = "saved_models/upsampling";

  @TempDir private Path folder;

  private static JsonNode json(String... options) throws IOException {
    String[] arguments = new String[options.length + 6];
    List<String> start = List.of("evaluate", "--json", "--model", GENERATOR, "--count", "300");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i < start.size() ? start.get(i) : options[i - start.size()];
    }
    Invocation invocation = Invocation.of(arguments);
    assertEquals(0, invocation.code(), invocation.err());
    return new ObjectMapper().readTree(invocation.out());
  }

  /** The figures of 300 images are close to the known ones of 10,000. */
  @Test
  void writesFiguresWithThoseOfRealImagesAsJson() throws IOException {
    JsonNode report = json();
    assertEquals(300, report.get("images").asInt());
    assertEquals("mnist", report.get("reference").asText());
    JsonNode known = report.get("beside").get("upsampling");
    JsonNode real = report.get("beside").get("real test images");
    double score = report.at("/recognition/score/value").asDouble();
    assertTrue(score > 5 && score < real.at("/recognition/score/value").asDouble());
    assertTrue(real.at("/recognition/score/value").asDouble() > 9.7);
    assertTrue(
        report.at("/distances/frechet/value").asDouble()
            > 10 * real.at("/distances/frechet/value").asDouble());
    double confident = report.at("/recognition/confident_share").asDouble();
    // Five standard errors of a share of 300 are 0.14.
    assertEquals(known.at("/recognition/confident_share").asDouble(), confident, 0.14);
    double sum = 0;
    for (Iterator<JsonNode> it = report.at("/recognition/classes").elements(); it.hasNext(); ) {
      sum += it.next().asDouble();
    }
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void theSameSeedGivesTheSameFigures() throws IOException {
    JsonNode first = json("--seed", "5");
    assertEquals(first, json("--seed", "5"));
    assertFalse(first.get("distances").equals(json("--seed", "6").get("distances")));
  }

  /** MNIST may lie anywhere. */
  @Test
  void recognizesDigitsBesideAnyMnist() throws IOException {
    JsonNode report = json("--dataset", patterns("mnist.npz"));
    assertEquals("mnist", report.get("reference").asText());
    assertEquals(json().at("/recognition/classes"), report.at("/recognition/classes"));
  }

  private String patterns(String name) {
    byte[] pixels = new byte[400 * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 % 251);
    }
    NdArray images = NdArray.ofBytes(pixels, List.of(400, 28, 28));
    Path file = folder.resolve(name);
    NdArray labels = NdArray.ofBytes(new byte[400], List.of(400));
    Npz.write(
        file,
        Map.of("x_train", images, "y_train", labels, "x_test", images, "y_test", labels),
        Compression.STORED);
    return file.toString();
  }

  @Test
  void givesOnlyDistancesForOtherImages() throws IOException {
    JsonNode report = json("--dataset", patterns("patterns.npz"));
    assertFalse(report.has("recognition"));
    assertEquals("patterns", report.get("reference").asText());
    assertEquals(0, report.at("/distances/precision").asDouble());
    // The test images are the training images.
    assertEquals(1, report.at("/beside/real test images/distances/precision").asDouble());
    assertEquals(0, report.at("/beside/real test images/distances/frechet/value").asDouble(), 1e-6);
    assertTrue(report.get("nearest_training_images").get("mean_distance").asDouble() > 0);
  }

  @Test
  void tableAndPageHaveAllFigures() throws IOException {
    Path page = folder.resolve("page.html");
    Invocation invocation =
        Invocation.of(
            "evaluate", "--model", GENERATOR, "--count", "100", "--report", page.toString());
    assertEquals(0, invocation.code(), invocation.err());
    String html = Files.readString(page);
    for (String figure :
        List.of(
            "classifier score",
            "Fréchet distance",
            "kernel distance",
            "precision",
            "recall",
            "entropy",
            "diversity",
            "real test images")) {
      assertTrue(invocation.out().contains(figure), figure);
      assertTrue(html.contains(figure), figure);
    }
    assertTrue(html.contains("data:image/png;base64,"));
    for (int digit = 0; digit < 10; digit++) {
      String row = "share of %d".formatted(digit);
      String line = invocation.out().lines().filter(each -> each.startsWith(row)).findFirst().get();
      String share = line.split(" {2,}", -1)[1];
      assertTrue(
          Pattern.compile("<b>%d</b>.*<span>%s</span>".formatted(digit, share))
              .matcher(html)
              .find(),
          line);
    }
  }

  /** The bundled generator is the one in {@code saved_models}. */
  @Test
  void measuresTheBundledGeneratorWithoutAModel() throws IOException {
    Invocation bundled = Invocation.of("evaluate", "--json", "--count", "300");
    assertEquals(0, bundled.code(), bundled.err());
    JsonNode report = new ObjectMapper().readTree(bundled.out());
    assertEquals("the bundled generator", report.get("model").asText());
    assertEquals(json().get("distances"), report.get("distances"));
  }

  @Test
  void rejectsTooFewImages() {
    Invocation invocation = Invocation.of("evaluate", "--model", GENERATOR, "--count", "99");
    assertEquals(2, invocation.code());
    assertTrue(invocation.err().contains("--count"), invocation.err());
  }

  @Test
  void rejectsUnknownReportEndings() {
    Invocation invocation =
        Invocation.of("evaluate", "--model", GENERATOR, "--report", "report.pdf");
    assertEquals(2, invocation.code());
    assertTrue(invocation.err().contains("report.pdf"), invocation.err());
  }

  @Test
  void rejectsDiscriminators() {
    Invocation invocation =
        Invocation.of("evaluate", "--model", "src/test/resources/keras/files/discriminator.npz");
    assertEquals(3, invocation.code(), invocation.err());
  }
}

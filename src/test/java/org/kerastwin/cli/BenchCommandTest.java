package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private static final List<String> SPREADS =
      List.of(
          "step_ms",
          "real_update_ms",
          "fake_update_ms",
          "generator_update_ms",
          "outside_session_percent",
          "trained_images_per_s",
          "generated_images_per_s",
          "step_gflop_per_s",
          "matmul_gflop_per_s",
          "share_of_matmul_percent");

  private static Invocation bench(String... options) {
    String[] arguments = new String[options.length + 9];
    List<String> tiny =
        List.of("bench", "--batch-size", "4", "--rounds", "2", "--steps", "1", "--count", "3");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i < tiny.size() ? tiny.get(i) : options[i - tiny.size()];
    }
    return Invocation.of(arguments);
  }

  @Test
  void writesEveryFigureWithItsSpreadAsJson() throws Exception {
    Invocation invocation = bench("--json", "--variant", "transposed", "--exact");
    assertEquals(0, invocation.code(), invocation.err());
    JsonNode report = new ObjectMapper().readTree(invocation.out());
    assertEquals("transposed", report.get("variant").asText());
    assertEquals("exact", report.get("form").asText());
    assertEquals(4, report.get("batch_size").asInt());
    assertEquals(2, report.get("rounds").asInt());
    for (String name : SPREADS) {
      JsonNode spread = report.get(name);
      double least = spread.get("least").asDouble();
      double median = spread.get("median").asDouble();
      assertTrue(least > 0, name);
      assertTrue(least <= median && median <= spread.get("greatest").asDouble(), name);
    }
    assertTrue(report.get("start_to_first_step_s").asDouble() > 0);
    double milliseconds = report.get("step_ms").get("median").asDouble();
    double gflop = report.get("step_gflop").asDouble();
    // With two rounds the median is the mean of their rates, not the rate of their mean.
    double slowest = gflop / report.get("step_ms").get("greatest").asDouble() * 1e3;
    assertTrue(milliseconds > 0);
    assertEquals(slowest, report.get("step_gflop_per_s").get("least").asDouble(), slowest * 1e-9);
    // By hand, with 100 numbers of noise: see StepWorkTest.
    long generator = 100L * 6272;
    long conv1 = 49L * 25 * 128 * 64;
    long conv2 = 196L * 25 * 64;
    long discriminator = 49L * 25 * 64 * 128;
    long step =
        2 * (2 * (2 * conv2 + 3 * discriminator + 3 * 6272) + generator + conv1 + conv2)
            + 4 * (2 * generator + 3 * (conv1 + conv2) + 2 * (conv2 + discriminator + 6272));
    assertEquals(2 * step / 1e9, gflop, 1e-12);
  }

  @Test
  void namesUnitsInText() {
    Invocation invocation = bench();
    assertEquals(0, invocation.code(), invocation.err());
    assertTrue(invocation.outLines().get(0).startsWith("upsampling, fast form, batch 4"));
    for (String unit : List.of(" ms ", " images/s ", " GFLOP/s ", " MiB", " s")) {
      assertTrue(invocation.out().contains(unit), unit);
    }
  }

  @Test
  void namesThePrecision() throws Exception {
    Invocation invocation = bench("--json", "--precision", "mixed_bfloat16");
    assertEquals(0, invocation.code(), invocation.err());
    JsonNode report = new ObjectMapper().readTree(invocation.out());
    assertEquals("mixed_bfloat16", report.get("precision").asText());
  }

  @Test
  void rejectsTheLiteralVariant() {
    assertEquals(2, Invocation.of("bench", "--variant", "transposed-literal").code());
    assertEquals(2, Invocation.of("bench", "--rounds", "0").code());
  }
}

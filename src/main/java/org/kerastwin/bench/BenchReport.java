package org.kerastwin.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;

/**
 * The results of a benchmark. A GFLOP is 10^9 multiplications or additions; only those of
 * convolutions and matrix products in the graph are counted.
 *
 * @param variant the generator
 * @param form {@code exact} or {@code fast}
 * @param precision {@code float32} or {@code mixed_bfloat16}
 * @param device the device it ran on
 * @param batchSize images per step
 * @param rounds number of measurements of each figure
 * @param processors the processors available to Java
 * @param startToFirstStep seconds from the start of the JVM to the end of the first step
 * @param step milliseconds per step, including the wait for its batch, feeds, history and progress
 * @param real milliseconds of the discriminator update on real images, run alone
 * @param fake milliseconds of the discriminator update on fakes, run alone
 * @param generator milliseconds of the generator update, run alone
 * @param outsideSession percentage of a step spent outside the session
 * @param trainedImages images per second in training
 * @param generatedImages images per second in generation
 * @param generationBatch batch size of generation
 * @param stepGflop GFLOP per step
 * @param stepGflops GFLOP/s of a step
 * @param matmulGflops GFLOP/s of TensorFlow multiplying two large square matrices in float32 or
 *     bfloat16, as the step does
 * @param shareOfMatmul {@code stepGflops} as a percentage of {@code matmulGflops}
 * @param peakMemory peak resident memory at the end of training in MiB; 0 if unknown
 */
@JsonPropertyOrder({"variant", "form", "precision", "device", "batch_size", "rounds", "processors"})
public record BenchReport(
    String variant,
    String form,
    String precision,
    String device,
    @JsonProperty("batch_size") int batchSize,
    int rounds,
    int processors,
    @JsonProperty("start_to_first_step_s") double startToFirstStep,
    @JsonProperty("step_ms") Spread step,
    @JsonProperty("real_update_ms") Spread real,
    @JsonProperty("fake_update_ms") Spread fake,
    @JsonProperty("generator_update_ms") Spread generator,
    @JsonProperty("outside_session_percent") Spread outsideSession,
    @JsonProperty("trained_images_per_s") Spread trainedImages,
    @JsonProperty("generated_images_per_s") Spread generatedImages,
    @JsonProperty("generation_batch") int generationBatch,
    @JsonProperty("step_gflop") double stepGflop,
    @JsonProperty("step_gflop_per_s") Spread stepGflops,
    @JsonProperty("matmul_gflop_per_s") Spread matmulGflops,
    @JsonProperty("share_of_matmul_percent") Spread shareOfMatmul,
    @JsonProperty("peak_memory_mib") long peakMemory) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The report as an indented JSON object. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The report as text. */
  public List<String> lines() {
    return List.of(
        "%s, %s form, batch %d, %s, on %s of %d processors; median of %d rounds (least to greatest)"
            .formatted(variant, form, batchSize, precision, device, processors, rounds),
        line("start to first step", "%.2f s", startToFirstStep),
        line("step", "ms", step),
        line("  update on real images", "ms", real),
        line("  update on fakes", "ms", fake),
        line("  update of the generator", "ms", generator),
        line("outside the session", "% of a step", outsideSession),
        line("training", "images/s", trainedImages),
        line("generation, batch " + generationBatch, "images/s", generatedImages),
        line("work per step", "%.2f GFLOP", stepGflop),
        line("reached", "GFLOP/s", stepGflops),
        line("matrix product", "GFLOP/s", matmulGflops),
        line("share of matrix product", "%", shareOfMatmul),
        line("peak resident memory", "%.0f MiB", (double) peakMemory));
  }

  private static String line(String what, String unit, Spread spread) {
    return String.format(
        Locale.ROOT,
        "%-26s%9.1f %s (%.1f to %.1f)",
        what,
        spread.median(),
        unit,
        spread.least(),
        spread.greatest());
  }

  private static String line(String what, String form, double value) {
    return String.format(Locale.ROOT, "%-26s   " + form, what, value);
  }
}

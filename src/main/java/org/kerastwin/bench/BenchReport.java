package org.kerastwin.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;

/**
 * What was measured. A GFLOP is 10^9 multiplications or additions of float32; those of convolutions
 * and matrix products are counted, as the graph that ran makes them.
 *
 * @param variant the generator
 * @param form {@code exact} or {@code fast}
 * @param device where it ran
 * @param batchSize images a step
 * @param rounds how many rounds each figure has
 * @param processors of the machine, as Java counts them
 * @param startToFirstStep seconds from the start of the JVM to the end of the first step
 * @param step milliseconds of a whole step: batch, feeds, history and progress included
 * @param real of the discriminator's update on real images, in a call of its own
 * @param fake of its update on fakes, in a call of its own
 * @param generator of the generator's update, in a call of its own
 * @param outsideSession percent of a step in which the session does not run
 * @param trainedImages images a second in training
 * @param generatedImages images a second in generation
 * @param generationBatch images of a call in generation
 * @param stepGflop GFLOP of a step
 * @param stepGflops GFLOP/s that the step reaches
 * @param matmulGflops GFLOP/s that TensorFlow's own product of two large square matrices reaches
 * @param shareOfMatmul percent of that which the step reaches
 * @param peakMemory greatest resident memory of the training, in MiB; 0 where the system does not
 *     tell
 */
@JsonPropertyOrder({"variant", "form", "device", "batch_size", "rounds", "processors"})
public record BenchReport(
    String variant,
    String form,
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

  /** One JSON object, on several lines. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Lines for people. */
  public List<String> lines() {
    return List.of(
        "%s, %s form, batch %d, on %s of %d processors; median of %d rounds (least to greatest)"
            .formatted(variant, form, batchSize, device, processors, rounds),
        line("start to first step", "%.2f s", startToFirstStep),
        line("step", "ms", step),
        line("  update on real images", "ms", real),
        line("  update on fakes", "ms", fake),
        line("  generator's update", "ms", generator),
        line("outside the session", "% of a step", outsideSession),
        line("training", "images/s", trainedImages),
        line("generation, batch " + generationBatch, "images/s", generatedImages),
        line("work of a step", "%.2f GFLOP", stepGflop),
        line("reached", "GFLOP/s", stepGflops),
        line("matrix product", "GFLOP/s", matmulGflops),
        line("share of it", "%", shareOfMatmul),
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

package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.Device;
import org.kerastwin.testing.TinyRuns;

/** Compares the work of a step with sums by hand: positions × taps × channels × filters. */
class StepWorkTest {
  private static final int BATCH = 4;
  private static final int HALF = 2;

  private static final long GENERATOR_DENSE = (long) TinyRuns.NOISE_DIM * 6272;
  private static final long DISCRIMINATOR_CONV2 = 49L * 25 * 64 * 128;
  private static final long DISCRIMINATOR_DENSE = 6272;

  private static long work(Variant variant, Form form, GanGraph.Order order) {
    GanSettings settings = TinyRuns.settings(variant, form, BatchNormStatistics.EXPONENTIAL, BATCH);
    try (GanStep gan =
        order == GanGraph.Order.SEPARATE
            ? GanStep.apart(settings, Device.CPU, TinyRuns.seeds())
            : new GanStep(settings, Device.CPU, TinyRuns.seeds())) {
      return gan.multiplyAdds();
    }
  }

  /**
   * Updates of the discriminator need no gradient for the images; that of the generator needs none
   * for the noise or the weights of the discriminator.
   */
  private static long step(long discriminatorConv1, long conv1, long conv2) {
    long ofDiscriminator =
        2 * discriminatorConv1 + 3 * DISCRIMINATOR_CONV2 + 3 * DISCRIMINATOR_DENSE;
    long fakes = GENERATOR_DENSE + conv1 + conv2;
    long ofGenerator =
        2 * GENERATOR_DENSE
            + 3 * (conv1 + conv2)
            + 2 * (discriminatorConv1 + DISCRIMINATOR_CONV2 + DISCRIMINATOR_DENSE);
    return HALF * (2 * ofDiscriminator + fakes) + BATCH * ofGenerator;
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHAINED", "SEPARATE"})
  void countsTheLayersOfTheExactForm(String order) {
    long expected = step(196L * 25 * 64, 49L * 25 * 128 * 64, 196L * 25 * 64);
    assertEquals(expected, work(Variant.TRANSPOSED, Form.EXACT, GanGraph.Order.valueOf(order)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHAINED", "SEPARATE"})
  void countsTheOpsOfTheFastForm(String order) {
    // Two products convert a 5×5 kernel to the small ones: 6×5 by 5 columns of maps, then by 6.
    long small = 30L * (5 + 6) * 64;
    long large = 128 * small;
    // Fakes, and the generator's update forward and back; the discriminator's updates both ways,
    // and the generator's through it.
    long kernels = 3 * (large + small) + 5 * small;
    long expected = step(196L * 9 * 4 * 64, 49L * 9 * 128 * 256, 196L * 9 * 64 * 4) + kernels;
    assertEquals(expected, work(Variant.UPSAMPLING, Form.FAST, GanGraph.Order.valueOf(order)));
  }
}

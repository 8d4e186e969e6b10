package org.kerastwin.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.kerastwin.data.Split;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.layers.Pass.Form;
import org.kerastwin.model.Variant;
import org.kerastwin.testing.TinyRuns;

class BatchPrefetcherTest {
  private static final GanSettings SETTINGS =
      TinyRuns.settings(Variant.TRANSPOSED, Form.FAST, BatchNormStatistics.EXPONENTIAL, 6);

  /** After any step, the streams are those of a loop without prefetching. */
  @Test
  void equalsDrawingWithoutPrefetching() {
    Split images = TinyRuns.images(40);
    KerasStreams expected = KerasStreams.ofSeed(5);
    BatchSource source = new BatchSource(images, expected.numpy(), SETTINGS);
    KerasStreams given = KerasStreams.ofSeed(5);
    try (BatchPrefetcher ahead = new BatchPrefetcher(images, given, SETTINGS)) {
      assertEquals(expected.state(), ahead.streams().state());
      for (int step = 0; step < 4; step++) {
        Batch batch = source.next();
        Batch drawn = ahead.next();
        assertArrayEquals(batch.images(), drawn.images());
        assertArrayEquals(batch.fakeNoise(), drawn.fakeNoise());
        assertArrayEquals(batch.noise(), drawn.noise());
        assertEquals(expected.state(), ahead.streams().state());
      }
    }
    assertEquals(KerasStreams.ofSeed(5).state(), given.state());
  }
}

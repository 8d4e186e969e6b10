package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.Sha256;

class SplitTest {
  private final Dataset small = Samples.small();

  @Test
  void scalesPixelsBitForBitAsNumPy() {
    float[] expected = Npy.read(Samples.file("scaled.npy")).floats();
    for (int pixel = 0; pixel < 256; pixel++) {
      assertEquals(expected[pixel], Split.scale(pixel), "pixel " + pixel);
    }
    assertEquals(-1f, expected[0]);
    assertEquals(1f, expected[255]);
  }

  @Test
  void scalesTheChosenImagesInTheChosenOrder() {
    float[] target = new float[3 * Samples.PIXELS + 1];
    target[3 * Samples.PIXELS] = 42;
    small.train().scaled(new int[] {1, 0, 1}, target);
    for (int i = 0; i < Samples.PIXELS; i++) {
      float second = ((Samples.PIXELS + i) % 251 - 127.5f) / 127.5f;
      assertEquals(second, target[i]);
      assertEquals((i % 251 - 127.5f) / 127.5f, target[Samples.PIXELS + i]);
      assertEquals(second, target[2 * Samples.PIXELS + i]);
    }
    assertEquals(42, target[3 * Samples.PIXELS]);
  }

  /** As {@code x.astype("float32") / 255} gives. */
  @Test
  void scalesToTheUnitRange() {
    float[] target = new float[Samples.PIXELS];
    small.train().inUnitRange().scaled(new int[] {1}, target);
    for (int i = 0; i < Samples.PIXELS; i++) {
      assertEquals((Samples.PIXELS + i) % 251 / 255f, target[i]);
    }
  }

  @Test
  void rejectsUnfitIndicesAndTargets() {
    float[] target = new float[Samples.PIXELS];
    Split train = small.train();
    assertThrows(IndexOutOfBoundsException.class, () -> train.scaled(new int[] {2}, target));
    assertThrows(IndexOutOfBoundsException.class, () -> train.scaled(new int[] {-1}, target));
    assertThrows(IndexOutOfBoundsException.class, () -> train.scaled(new int[] {0, 1}, target));
  }

  @Test
  void acceptsOnlyByteImages() {
    assertEquals(2 * 3 * 3, new Split(NdArray.ofBytes(new byte[18], List.of(1, 2, 3, 3))).values());
    for (NdArray other :
        List.of(
            NdArray.ofBytes(new byte[0], List.of(0, 28, 28)),
            NdArray.ofBytes(new byte[Samples.PIXELS], List.of(1, Samples.PIXELS)),
            NdArray.ofFloats(new float[Samples.PIXELS], List.of(1, 28, 28)))) {
      assertThrows(IllegalArgumentException.class, () -> new Split(other));
    }
  }

  @Test
  void describesItselfAsInTheNotebook() {
    // The greatest pixel is 250: numpy.float32((250 - 127.5) / 127.5) prints as 0.9607843.
    assertEquals(
        List.of("(2, 28, 28)", "(2,)", "(1, 28, 28)", "(1,)", "0.9607843", "-1.0"),
        small.reportLines());
  }

  @Test
  void hashesFilesOrElements() {
    // Of three bytes "abc", by FIPS 180-2.
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(abc, Sha256.of(new byte[] {'a', 'b', 'c'}));
    Path file = Samples.file("small.npz");
    assertEquals(Sha256.of(Samples.smallNpz()), Sha256.of(file));
    assertEquals(Sha256.of(file), small.sha256());
    byte[] elements = new byte[3 * Samples.PIXELS + 3];
    int at = 0;
    for (NdArray array :
        List.of(
            small.train().images(),
            small.train().labels().orElseThrow(),
            small.test().orElseThrow().images(),
            small.test().orElseThrow().labels().orElseThrow())) {
      System.arraycopy(array.bytes(), 0, elements, at, array.size());
      at += array.size();
    }
    Dataset embedded = Dataset.ofArrays("small", small.train(), small.test(), "embedded");
    assertEquals(Sha256.of(elements), embedded.sha256());
    assertArrayEquals(small.train().images().bytes(), embedded.train().images().bytes());
  }
}

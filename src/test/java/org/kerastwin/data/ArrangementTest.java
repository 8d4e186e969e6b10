package org.kerastwin.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerastwin.io.NdArray;

class ArrangementTest {
  @ParameterizedTest
  @CsvSource({
    "9 28 28, CHANNELS_LAST",
    "9 28 20 3, CHANNELS_LAST",
    "9 3 28 20, CHANNELS_FIRST",
    "9 1 28 28, CHANNELS_FIRST",
    "9 784, VECTORS",
    "9 785,",
    "9 49,",
    "28 28 2,",
    "0 28 28,",
    "9 5 28 28,",
    "9,",
  })
  void followsFromTheShape(String shape, Arrangement expected) {
    List<Integer> sizes = Arrays.stream(shape.split(" ")).map(Integer::valueOf).toList();
    assertEquals(Optional.ofNullable(expected), Arrangement.of(sizes));
  }

  /** Channel c of pixel p of image i has the value 10 i + 3 c + p % 3. */
  @Test
  void transposesChannels() {
    int area = 8 * 8;
    byte[] first = new byte[2 * 3 * area];
    byte[] last = new byte[first.length];
    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < 3; c++) {
        for (int p = 0; p < area; p++) {
          byte value = (byte) (10 * i + 3 * c + p % 3);
          first[(i * 3 + c) * area + p] = value;
          last[(i * area + p) * 3 + c] = value;
        }
      }
    }
    NdArray images =
        Arrangement.CHANNELS_FIRST.arranged(
            NdArray.ofBytes(first, List.of(2, 3, 8, 8)), new ConversionNotes());
    assertEquals(List.of(2, 8, 8, 3), images.shape());
    assertArrayEquals(last, images.bytes());
  }
}

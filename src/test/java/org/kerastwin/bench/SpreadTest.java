package org.kerastwin.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void computesTheMedianOfUnsortedValues() {
    assertEquals(new Spread(3, 1, 9), Spread.of(9, 1, 3));
    assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 1, 3, 2));
    assertThrows(IllegalArgumentException.class, Spread::of);
  }
}

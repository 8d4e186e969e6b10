package org.kerastwin.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class TensorsTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void copiesEveryTypeBitForBit(DType dtype) {
    for (List<Integer> shape : List.of(List.of(2, 3), List.<Integer>of(), List.of(0, 4))) {
      byte[] bytes = new byte[Math.toIntExact(NdArray.elements(shape) * dtype.bytes())];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (37 * i + 129);
      }
      NdArray array = new NdArray(dtype, shape, ByteBuffer.wrap(bytes));
      try (Tensor tensor = Tensors.of(array)) {
        assertEquals(array, Tensors.toNdArray(tensor));
      }
    }
  }

  @Test
  void keepsTheOrderOfValues() {
    try (TFloat32 tensor = Tensors.of(new float[] {0, 1, 2, 3, 4, 5}, Shape.of(2, 3))) {
      assertEquals(5, tensor.getFloat(1, 2));
      assertEquals(1, tensor.getFloat(0, 1));
    }
    try (Tensor tensor = Tensors.of(NdArray.ofLongs(new long[] {Long.MIN_VALUE, 7}, List.of(2)))) {
      assertEquals(Long.MIN_VALUE, ((TInt64) tensor).getLong(0));
    }
  }

  @Test
  void keepsNanPayloads() {
    float odd = Float.intBitsToFloat(0x7fc12345);
    try (Tensor tensor = Tensors.of(NdArray.ofFloats(new float[] {odd, -0.0f}, List.of(2)))) {
      assertArrayEquals(
          new int[] {0x7fc12345, 0x80000000},
          new int[] {
            Tensors.toNdArray(tensor).data().getInt(0), Tensors.toNdArray(tensor).data().getInt(4)
          });
    }
  }

  @Test
  void convertsShapesToListsAndBack() {
    assertEquals(List.of(3, 1, 4), Tensors.dimensions(Shape.of(3, 1, 4)));
    assertEquals(Shape.of(3, 1, 4), Tensors.shape(List.of(3, 1, 4)));
    assertEquals(Shape.scalar(), Tensors.shape(List.of()));
  }

  @Test
  void rejectsUnsupportedTypes() {
    try (TBool tensor = TBool.scalarOf(true)) {
      assertThrows(IllegalArgumentException.class, () -> Tensors.toNdArray(tensor));
    }
  }
}

package org.kerastwin.parity.compare;

import java.util.List;
import java.util.Optional;
import org.kerastwin.io.NdArray;

/**
 * The expected values of a tensor, sampled if it is large.
 *
 * @param shape the shape of the whole tensor
 * @param values in float32
 * @param toFloat64 the same computation in float64, minus {@code values}; empty if there is none
 * @param kink relative error that LeakyReLU inputs within rounding of 0 can cause
 */
@SuppressWarnings("ArrayRecordComponent")
public record ExpectedTensor(
    List<Integer> shape, float[] values, Optional<float[]> toFloat64, double kink) {
  /** Expected values without such inputs. */
  public ExpectedTensor(List<Integer> shape, float[] values, Optional<float[]> toFloat64) {
    this(shape, values, toFloat64, 0);
  }

  /**
   * The position of an element in the whole tensor.
   *
   * @param index among the sampled elements
   */
  List<Integer> position(int index) {
    int elements = Math.toIntExact(NdArray.elements(shape));
    int flat = new SampledElements(values.length).index(index, elements);
    return NdArray.position(flat, shape);
  }
}

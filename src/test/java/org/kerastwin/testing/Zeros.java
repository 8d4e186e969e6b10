package org.kerastwin.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.WeightMap;

/** Weights that are all 0. */
public final class Zeros {
  private Zeros() {}

  /** The weights of a model. */
  public static WeightMap of(Sequential model) {
    Map<String, NdArray> zeros = new LinkedHashMap<>();
    model
        .types()
        .types()
        .forEach(
            (path, type) -> {
              float[] values = new float[(int) NdArray.elements(type.shape())];
              zeros.put(path, NdArray.ofFloats(values, type.shape()));
            });
    return new WeightMap(zeros);
  }
}

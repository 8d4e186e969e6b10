package org.kerastwin.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.io.NdArray;

/**
 * The quality figures of a generator, with those of other images for comparison.
 *
 * @param model the source of the generator
 * @param seed of its noise
 * @param reference the data set whose training images it is compared with
 * @param ofDigits whether the images are digits; the classifier knows nothing else
 * @param figures the figures of the generator
 * @param beside other figures by name, real test images first
 * @param nearest the nearest training images of some samples, if available
 * @param samples some of the images, {@code [n, 28, 28, 1]}
 */
public record Evaluation(
    String model,
    long seed,
    String reference,
    boolean ofDigits,
    Metrics figures,
    Map<String, Metrics> beside,
    Optional<NearestImages> nearest,
    NdArray samples) {
  /** Keeps a copy. */
  public Evaluation {
    beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
  }

  /** The figures of the generator and the others, by name. */
  Map<String, Metrics> all() {
    Map<String, Metrics> all = new LinkedHashMap<>();
    all.put("this model", figures);
    all.putAll(beside);
    return all;
  }
}

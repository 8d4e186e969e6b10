package org.kerastwin.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.io.NdArray;

/**
 * The figures of a generator, with what they are to be seen beside.
 *
 * @param model where the generator came from
 * @param seed of its noise
 * @param reference the data set whose training images it is compared with
 * @param ofDigits whether that are digits, which is all that the classifier knows
 * @param figures the generator's
 * @param beside figures by name: of real test images first
 * @param nearest the nearest training images of some samples, if they are there
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

  /** The generator's figures and those beside, by name. */
  Map<String, Metrics> all() {
    Map<String, Metrics> all = new LinkedHashMap<>();
    all.put("this model", figures);
    all.putAll(beside);
    return all;
  }
}

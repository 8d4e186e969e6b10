package org.kerastwin.evaluation;

/**
 * How far images are from real ones, measured on the classifier's features.
 *
 * @param frechet {@link FrechetDistance}
 * @param kernel {@link KernelDistance}
 * @param precision fraction of the images that look like real ones, see {@link Manifold}
 * @param recall fraction of the real images that look like the measured ones
 */
public record Distances(Estimate frechet, Estimate kernel, double precision, double recall) {
  /** Measures images. */
  static Distances of(FeatureRows features, RealImages real) {
    FeatureRows sample = features.sample(real.sample().size());
    return new Distances(
        new FrechetDistance(real.moments()).to(features),
        KernelDistance.of(features, real.sample()),
        new Manifold(real.sample()).share(sample),
        new Manifold(sample).share(real.sample()));
  }
}

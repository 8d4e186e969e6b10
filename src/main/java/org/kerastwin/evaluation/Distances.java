package org.kerastwin.evaluation;

/**
 * The distances of images to real ones, measured in features.
 *
 * @param frechet {@link FrechetDistance}
 * @param kernel {@link KernelDistance}
 * @param precision fraction of the images that look like real ones, by {@link Manifold}
 * @param recall fraction of real images that look like the others
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

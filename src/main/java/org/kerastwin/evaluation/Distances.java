package org.kerastwin.evaluation;

/**
 * How far features of images are from those of real ones.
 *
 * @param frechet {@link FrechetDistance}
 * @param kernel {@link KernelDistance}
 * @param precision share of the images that look like real ones, by {@link Manifold}
 * @param recall share of real images that the others are like
 */
public record Distances(Estimate frechet, Estimate kernel, double precision, double recall) {
  /** Of images to the real ones. */
  static Distances of(FeatureRows features, RealImages real) {
    FeatureRows sample = features.sample(real.sample().size());
    return new Distances(
        new FrechetDistance(real.moments()).to(features),
        KernelDistance.of(features, real.sample()),
        new Manifold(real.sample()).share(sample),
        new Manifold(sample).share(real.sample()));
  }
}

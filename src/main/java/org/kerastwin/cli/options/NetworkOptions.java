package org.kerastwin.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Variant;
import org.kerastwin.models.InitialWeights;
import org.kerastwin.models.NetworksFile;
import org.kerastwin.models.StartingPoint;
import picocli.CommandLine.Option;

/** The options of {@code train} that name files of networks. */
public final class NetworkOptions {
  @Option(names = "--initial-weights", order = 37, arity = "2", paramLabel = "FILE")
  private List<Path> initialWeights;

  @Option(names = "--generator", order = 38, paramLabel = "FILE")
  private Path generator;

  @Option(names = "--discriminator", order = 39, paramLabel = "FILE")
  private Path discriminator;

  @Option(names = "--architecture", order = 40, paramLabel = "FILE.json")
  private Path architecture;

  /** Whether networks of any architecture are given, with weights. */
  boolean areGiven() {
    return generator != null || discriminator != null;
  }

  /**
   * Reads the files that are named.
   *
   * @param variant the variant of the files of {@code --initial-weights}
   * @param noiseDim size of their noise
   * @param adam the arguments of Adam that the user gave
   */
  StartingPoint read(Variant variant, int noiseDim, Map<AdamSettings.Argument, Double> adam) {
    Optional<InitialWeights> weights = areGiven() ? pair() : initialWeights(variant, noiseDim);
    if (architecture != null && (areGiven() || initialWeights != null)) {
      throw new UsageException(
          Problem.with("option", "--architecture")
              .expected("no --generator, --discriminator or --initial-weights with it")
              .received("at least one of them"));
    }
    return new StartingPoint(
        areGiven()
            ? weights.map(InitialWeights::networks)
            : Optional.ofNullable(architecture).map(file -> new NetworksFile(file).read()),
        weights,
        adam);
  }

  private Optional<InitialWeights> pair() {
    if (generator == null || discriminator == null || initialWeights != null) {
      throw new UsageException(
          Problem.with("option", generator == null ? "--discriminator" : "--generator")
              .expected("--generator and --discriminator together, without --initial-weights")
              .received(
                  generator == null
                      ? "no --generator"
                      : discriminator == null ? "no --discriminator" : "--initial-weights"));
    }
    return Optional.of(InitialWeights.read(generator, discriminator));
  }

  private Optional<InitialWeights> initialWeights(Variant variant, int noiseDim) {
    if (initialWeights == null) {
      return Optional.empty();
    }
    if (initialWeights.size() != 2) {
      throw new UsageException(
          Problem.with("option", "--initial-weights")
              .expected("two files")
              .received("%d".formatted(initialWeights.size())));
    }
    return Optional.of(
        InitialWeights.read(initialWeights.get(0), initialWeights.get(1), variant, noiseDim));
  }
}

package org.kerastwin.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.keras.random.SeededNoise;
import org.kerastwin.models.NoiseFile;
import picocli.CommandLine.Option;

/** The options that determine a generator's input. */
public final class NoiseOptions {
  private static final int DEFAULT_COUNT = 100;

  @Range(from = 1, to = 100_000)
  @Option(names = "--count", paramLabel = "N", descriptionKey = "generate.count")
  private Integer count;

  @Range(from = 0, to = KerasStreams.GREATEST_SEED)
  @Option(names = "--seed", paramLabel = "N", descriptionKey = "generate.seed")
  private Long seed;

  @Option(names = "--noise", paramLabel = "Z.npy")
  private Path noise;

  @Range(from = 0, to = KerasStreams.GREATEST_SEED)
  @Option(names = "--interpolate", arity = "2", paramLabel = "SEED")
  private List<Long> interpolate;

  /**
   * Rejects conflicting options.
   *
   * @param cells how many images the output holds; 0 if it holds any number
   */
  public void requireConsistent(int cells) {
    if (noise != null && (interpolate != null || count != null || seed != null)) {
      throw new UsageException(
          Problem.with("option", "--noise")
              .expected("no --count, --seed or --interpolate with it")
              .received("at least one of them"));
    }
    if (interpolate != null && (seed != null || interpolate.size() != 2)) {
      throw new UsageException(
          Problem.with("option", "--interpolate")
              .expected("two seeds")
              .received(seed == null ? "more than two" : "--seed too"));
    }
    if (count != null && cells > 0 && count > cells) {
      throw tooMany(count, cells);
    }
  }

  private static UsageException tooMany(int images, int cells) {
    return new UsageException(
        Problem.with("option", "--grid")
            .expected("at least %d cells".formatted(images))
            .received("%d cells".formatted(cells)));
  }

  /**
   * The noise, {@code [n, noiseDim]}.
   *
   * @param cells how many images the output holds; 0 if it holds any number
   */
  public NdArray array(int noiseDim, int cells) {
    if (noise != null) {
      NdArray array = new NoiseFile(noise).read(noiseDim);
      if (cells > 0 && array.shape().get(0) > cells) {
        throw tooMany(array.shape().get(0), cells);
      }
      return array;
    }
    int n = count != null ? count : cells > 0 ? cells : DEFAULT_COUNT;
    long first = seed == null ? 0 : seed;
    return interpolate == null
        ? SeededNoise.of(first, n, noiseDim)
        : SeededNoise.walk(interpolate.get(0), interpolate.get(1), n, noiseDim);
  }
}

package org.kerastwin.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A figure with its 95% confidence interval with respect to the choice of images.
 *
 * @param value the figure
 * @param low the lower bound
 * @param high the upper bound
 */
public record Estimate(double value, double low, double high) {
  /** 95% of a normal distribution lie within this many standard errors. */
  private static final double ERRORS = 1.96;

  /** The number of jackknife blocks. */
  private static final int BLOCKS = 20;

  /**
   * The jackknife estimate (Quenouille, 1956; Tukey, 1958) of a figure: the figure is computed from
   * all rows, and again without each of {@value #BLOCKS} blocks of rows.
   *
   * @param sums sums over a block of rows
   * @param figure the figure, computed from the sums of some blocks
   */
  static <S> Estimate jackknife(
      FeatureRows rows, Function<FeatureRows, S> sums, ToDoubleFunction<List<S>> figure) {
    int n = Math.min(BLOCKS, rows.size());
    List<S> blocks =
        IntStream.range(0, n).mapToObj(block -> sums.apply(rows.block(block, n))).toList();
    double[] without =
        IntStream.range(0, n)
            .mapToDouble(block -> figure.applyAsDouble(without(blocks, block)))
            .toArray();
    return within(figure.applyAsDouble(blocks), Math.sqrt(squares(without) * (n - 1) / n));
  }

  private static <S> List<S> without(List<S> blocks, int left) {
    List<S> others = new ArrayList<>(blocks);
    others.remove(left);
    return others;
  }

  /**
   * The mean of independent figures.
   *
   * @param blocks the figure of each block, at least two
   */
  static Estimate mean(double[] blocks) {
    int n = blocks.length;
    return within(
        Arrays.stream(blocks).average().orElseThrow(), Math.sqrt(squares(blocks) / (n - 1) / n));
  }

  private static Estimate within(double value, double error) {
    return new Estimate(value, value - ERRORS * error, value + ERRORS * error);
  }

  /** The sum of squared differences from the mean. */
  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}

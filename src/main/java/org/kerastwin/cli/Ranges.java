package org.kerastwin.cli;

import java.util.function.Function;
import java.util.function.Predicate;
import org.kerastwin.keras.random.KerasStreams;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The ranges of numeric options, as converters that say what they expect. */
final class Ranges {
  private Ranges() {}

  private static <T> T convert(
      String text, Function<String, T> parse, Predicate<T> valid, String expected) {
    try {
      T value = parse.apply(text);
      if (valid.test(value)) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // Said by the exception below.
    }
    throw new TypeConversionException(expected);
  }

  /** A whole number of at least 1. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Ranges.convert(
          text, Integer::valueOf, value -> value >= 1, "a whole number of at least 1");
    }
  }

  /** Samples of a batch. */
  static final class BatchSize implements ITypeConverter<Integer> {
    private static final int GREATEST = 16_384;

    @Override
    public Integer convert(String text) {
      return Ranges.convert(
          text,
          Integer::valueOf,
          value -> value >= 1 && value <= GREATEST,
          "a whole number from 1 to " + GREATEST);
    }
  }

  /** Size of the noise of a sample. */
  static final class NoiseDim implements ITypeConverter<Integer> {
    private static final int GREATEST = 10_000;

    @Override
    public Integer convert(String text) {
      return Ranges.convert(
          text,
          Integer::valueOf,
          value -> value >= 1 && value <= GREATEST,
          "a whole number from 1 to " + GREATEST);
    }
  }

  /** Steps of a training. */
  static final class Steps implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Ranges.convert(
          text, Long::valueOf, value -> value >= 1, "a whole number of at least 1");
    }
  }

  /** A seed of NumPy's. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Ranges.convert(
          text,
          Long::valueOf,
          value -> value >= 0 && value <= KerasStreams.GREATEST_SEED,
          "a whole number from 0 to " + KerasStreams.GREATEST_SEED);
    }
  }

  /** A learning rate. */
  static final class LearningRate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return Ranges.convert(
          text,
          Double::valueOf,
          value -> value > 0 && Double.isFinite(value),
          "a number greater than 0");
    }
  }

  /** A decay, in [0, 1). */
  static final class Decay implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return Ranges.convert(
          text,
          Double::valueOf,
          value -> value >= 0 && value < 1,
          "a number from 0 to less than 1");
    }
  }

  /** A label, in [0, 1]. */
  static final class Label implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return Ranges.convert(
          text, Double::valueOf, value -> value >= 0 && value <= 1, "a number from 0 to 1");
    }
  }
}

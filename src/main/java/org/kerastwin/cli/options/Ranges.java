package org.kerastwin.cli.options;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.kerastwin.evaluation.Evaluator;
import org.kerastwin.keras.random.KerasStreams;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The ranges of numeric options, as converters. */
public final class Ranges {
  // Java's own parsers also accept suffixes as in 1d, hexadecimal floats and digits of any script.
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

  private Ranges() {}

  private static long whole(String text, long least, long greatest) {
    if (WHOLE.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= least && value <= greatest) {
        return value;
      }
    }
    throw new TypeConversionException("a whole number from %d to %d".formatted(least, greatest));
  }

  /** A number that is in its range in float32, as in TensorFlow. */
  private static double real(String text, Predicate<Float> valid, String expected) {
    if (REAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (valid.test((float) value)) {
        return value;
      }
    }
    throw new TypeConversionException(expected);
  }

  /** A fraction. */
  public static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, value -> value > 0 && value <= 1, "a number above 0 and at most 1");
    }
  }

  /** Epochs; more would overflow the step count of a large data set. */
  public static final class Epochs implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 1_000_000);
    }
  }

  /** Minutes, up to a year. */
  public static final class Minutes implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 525_600);
    }
  }

  /** Images to generate: all of them are in memory at once. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 100_000);
    }
  }

  /** Images to measure; fewer would say too little. */
  public static final class EvaluationCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, Evaluator.FEWEST, 100_000);
    }
  }

  /** Rounds of a measurement, or steps of a round. */
  public static final class Rounds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 10_000);
    }
  }

  /** Samples in a batch. */
  public static final class BatchSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 16_384);
    }
  }

  /** Length of a noise vector. */
  public static final class NoiseDim implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, 10_000);
    }
  }

  /** Steps of a run. */
  public static final class Steps implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, 1, 1_000_000_000_000L);
    }
  }

  /** A seed of NumPy. */
  public static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, 0, KerasStreams.GREATEST_SEED);
    }
  }

  /** A learning rate. */
  public static final class LearningRate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(
          text, value -> value > 0 && Float.isFinite(value), "a number of float32 greater than 0");
    }
  }

  /** Epochs between two events; 0 for never. */
  public static final class EveryEpochs implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 0, 1_000_000);
    }
  }

  /** A decay, in [0, 1). */
  public static final class Decay implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, value -> value >= 0 && value < 1, "a number from 0 to less than 1");
    }
  }

  /** A label, in [0, 1]. */
  public static final class Label implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, value -> value >= 0 && value <= 1, "a number from 0 to 1");
    }
  }
}

package org.kerastwin.cli.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Variant;
import org.kerastwin.runtime.DeviceRequest;
import org.kerastwin.training.BatchNormStatistics;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options and parameters, by type. */
public final class Converters {
  private static final Pattern GRID = Pattern.compile("([1-9][0-9]?|100)x([1-9][0-9]?|100)");

  private Converters() {}

  /** Has a program and its commands read values with these converters, and within their ranges. */
  public static CommandLine register(CommandLine command) {
    command.getSubcommands().values().forEach(sub -> Ranges.enforce(sub.getCommandSpec()));
    return command
        .registerConverter(Path.class, Converters::path)
        .registerConverter(ImageGrid.class, Converters::grid)
        .registerConverter(DeviceRequest.class, Converters::device)
        .registerConverter(
            Variant.class, text -> named(text, Variant.values(), "one of " + Variant.labels()))
        .registerConverter(
            Precision.class, text -> named(text, Precision.values(), "float32 or mixed_bfloat16"))
        .registerConverter(
            BatchNormStatistics.class,
            text -> named(text, BatchNormStatistics.values(), "exponential or cumulative"));
  }

  /** A path; an empty one would silently mean the current folder. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException impossible) {
      throw new TypeConversionException("a path that this system can name");
    }
  }

  /** The size of a grid, columns first, such as {@code 10x10}. */
  public static ImageGrid grid(String text) {
    Matcher size = GRID.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("columns and rows from 1 to 100, such as 10x10");
    }
    return new ImageGrid(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  private static DeviceRequest device(String text) {
    return DeviceRequest.of(text)
        .orElseThrow(() -> new TypeConversionException("auto, cpu, gpu or gpu:N"));
  }

  private static <T> T named(String text, T[] values, String expected) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(expected));
  }
}

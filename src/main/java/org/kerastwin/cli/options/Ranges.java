package org.kerastwin.cli.options;

import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Enforces the {@link Range} of options. */
final class Ranges {
  // Java's own parsers also accept suffixes as in 1d, hexadecimal floats and digits of any script.
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

  private Ranges() {}

  /** Has the options of a command reject values out of their range. */
  static void enforce(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (option.group() == null) {
        // Options without a range too, so that help lists all in their order.
        command.remove(option);
        command.addOption(
            option.userObject() instanceof Field field && field.isAnnotationPresent(Range.class)
                ? option.toBuilder().converters(converter(field)).build()
                : option);
      }
    }
  }

  private static ITypeConverter<? extends Number> converter(Field field) {
    Range range = field.getAnnotation(Range.class);
    return switch (field.getType().getSimpleName()) {
      case "double", "Double" -> text -> real(text, range);
      case "int", "Integer" -> text -> (int) whole(text, range);
      default -> text -> whole(text, range);
    };
  }

  private static long whole(String text, Range range) {
    if (WHOLE.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= range.from() && value <= range.to()) {
        return value;
      }
    }
    throw new TypeConversionException(
        "a whole number from %.0f to %.0f".formatted(range.from(), range.to()));
  }

  /** A number that is in its range in float32, as in TensorFlow. */
  private static double real(String text, Range range) {
    if (REAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if ((float) value >= range.from() && (float) value <= range.to()) {
        return value;
      }
    }
    throw new TypeConversionException(range.words());
  }
}

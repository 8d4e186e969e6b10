package org.kerastwin.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of a grid of images.
 *
 * @param columns at least 1
 * @param rows at least 1
 */
record GridSize(int columns, int rows) {
  /** The most square grid of whole rows that holds that many images. */
  static GridSize holding(int count) {
    int columns = (int) Math.ceil(Math.sqrt(count));
    return new GridSize(columns, (count + columns - 1) / columns);
  }

  int cells() {
    return columns * rows;
  }

  /** Reads {@code 10x10}. */
  static final class Converter implements ITypeConverter<GridSize> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]?|100)x([1-9][0-9]?|100)");

    @Override
    public GridSize convert(String text) {
      Matcher size = FORM.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("columns and rows from 1 to 100, such as 10x10");
      }
      return new GridSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
  }
}

package org.kerastwin.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.image.ImageGrid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the size of a grid, columns first, such as {@code 10x10}. */
public final class GridConverter implements ITypeConverter<ImageGrid> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]?|100)x([1-9][0-9]?|100)");

  @Override
  public ImageGrid convert(String text) {
    Matcher size = FORM.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("columns and rows from 1 to 100, such as 10x10");
    }
    return new ImageGrid(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }
}

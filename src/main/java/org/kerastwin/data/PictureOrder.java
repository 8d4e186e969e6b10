package org.kerastwin.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of pictures in a data set: by file name, comparing digits as numbers, then by folder.
 * So numbered pictures keep their order even if each class has its own folder.
 */
final class PictureOrder implements Comparator<Path> {
  private static final Pattern PART = Pattern.compile("\\d+|\\D+");

  @Override
  public int compare(Path one, Path other) {
    int byName = compare(one.getFileName().toString(), other.getFileName().toString());
    return byName != 0 ? byName : compare(one.toString(), other.toString());
  }

  private static int compare(String one, String other) {
    Matcher left = PART.matcher(one);
    Matcher right = PART.matcher(other);
    while (left.find() && right.find()) {
      int order = compareParts(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
    // Names with equal parts may differ in leading zeros, and one may be longer.
    int byLength = Integer.compare(one.length(), other.length());
    return byLength != 0 ? byLength : one.compareTo(other);
  }

  private static int compareParts(String one, String other) {
    if (!Character.isDigit(one.charAt(0)) || !Character.isDigit(other.charAt(0))) {
      return one.compareTo(other);
    }
    String left = one.replaceFirst("^0+(?=.)", "");
    String right = other.replaceFirst("^0+(?=.)", "");
    return left.length() == right.length()
        ? left.compareTo(right)
        : Integer.compare(left.length(), right.length());
  }
}

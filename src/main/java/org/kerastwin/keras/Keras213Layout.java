package org.kerastwin.keras;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of {@code .keras} and {@code .weights.h5} in Keras 2.13 and 2.14, where layers are in
 * {@code _layer_checkpoint_dependencies/NAME/vars/I}. Each layer with variables was counted twice
 * there: the second layer of a class is {@code NAME_2}, the third {@code NAME_4}. Optimizers have
 * no learning rate between the iteration and the slots. Source: Keras 2.13.1 {@code
 * saving/saving_lib.py}, {@code engine/sequential.py}.
 */
final class Keras213Layout {
  private static final Pattern LAYER =
      Pattern.compile("(^|/)_layer_checkpoint_dependencies/([^/]*?)(?:_(\\d{1,4}))?(?=/)");

  /** A variable of an optimizer, except the first. */
  private static final Pattern SLOT = Pattern.compile("^optimizer/vars/([1-9]\\d{0,6})$");

  private Keras213Layout() {}

  /** The content with the names of Keras 3; other files are returned as they are. */
  static Hdf5Content toCurrent(Hdf5Content content) {
    if (content.groups().stream().noneMatch(group -> LAYER.matcher(group + "/").find())) {
      return content;
    }
    Hdf5Content current = new Hdf5Content();
    content
        .dataSets()
        .forEach(
            (path, numbers) ->
                current.addDataSet(
                    SLOT.matcher(LAYER.matcher(path).replaceAll(Keras213Layout::layer))
                        .replaceAll(Keras213Layout::slot),
                    numbers));
    return current;
  }

  private static String slot(MatchResult found) {
    return "optimizer/vars/" + (Integer.parseInt(found.group(1)) + 1);
  }

  private static String layer(MatchResult found) {
    int count = found.group(3) == null ? 0 : Integer.parseInt(found.group(3)) / 2;
    String name = found.group(1) + "layers/" + found.group(2) + (count == 0 ? "" : "_" + count);
    return Matcher.quoteReplacement(name);
  }
}

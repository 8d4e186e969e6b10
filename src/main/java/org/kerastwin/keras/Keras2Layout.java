package org.kerastwin.keras;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerastwin.io.NdArray;

/**
 * The layouts of {@code .keras} and {@code .weights.h5} in Keras 2. Optimizers have no learning
 * rate between the iteration and the slots. In Keras 2.13 and 2.14, layers are in {@code
 * _layer_checkpoint_dependencies/NAME/vars/I}; each layer with variables was counted twice there:
 * the second layer of a class is {@code NAME_2}, the third {@code NAME_4}. Source: Keras 2.13.1 and
 * tf-keras 2.18 {@code saving/saving_lib.py}, {@code engine/sequential.py}.
 */
final class Keras2Layout {
  private static final Pattern LAYER =
      Pattern.compile("(^|/)_layer_checkpoint_dependencies/([^/]*?)(?:_(\\d{1,4}))?(?=/)");

  /** A variable of an optimizer, except the first. */
  private static final Pattern SLOT = Pattern.compile("^optimizer/vars/([1-9]\\d{0,6})$");

  private static final String SECOND = "optimizer/vars/1";

  private Keras2Layout() {}

  /** The content with the names of Keras 3; other files are returned as they are. */
  static Hdf5Content toCurrent(Hdf5Content content) {
    boolean countsTwice =
        content.groups().stream().anyMatch(group -> LAYER.matcher(group + "/").find());
    if (!countsTwice && !lacksLearningRate(content)) {
      return content;
    }
    Hdf5Content current = new Hdf5Content();
    content
        .dataSets()
        .forEach(
            (path, numbers) ->
                current.addDataSet(
                    SLOT.matcher(LAYER.matcher(path).replaceAll(Keras2Layout::layer))
                        .replaceAll(Keras2Layout::slot),
                    numbers));
    return current;
  }

  /** The learning rate is a single number; a slot has the shape of a weight. */
  private static boolean lacksLearningRate(Hdf5Content content) {
    NdArray second = content.dataSets().get(SECOND);
    return second != null && !second.shape().isEmpty();
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

package org.kerastwin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Collects the conversions of a data set's images, to report them in one line. */
final class ConversionNotes {
  /** Folders of pictures may have many sizes. */
  private static final int MOST = 4;

  private final Set<String> notes = new ConcurrentSkipListSet<>();

  /** Adds a note such as "32×32 color was converted to 28×28 gray"; repeated notes count once. */
  void add(String note) {
    notes.add(note);
  }

  /** Reports all notes in one line, if there are any. */
  void report(Object where, Consumer<String> warnings) {
    List<String> said = new ArrayList<>(notes.stream().limit(MOST).toList());
    if (notes.size() > MOST) {
      said.add("and %d more conversions".formatted(notes.size() - MOST));
    }
    if (!said.isEmpty()) {
      warnings.accept("Images of '%s': %s.".formatted(where, String.join(", ", said)));
    }
  }
}

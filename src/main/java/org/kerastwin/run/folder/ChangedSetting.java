package org.kerastwin.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value in {@code config.json} that is not the one in the checkpoint.
 *
 * @param place its keys, such as {@code architectures/generator/config/layers/2/config/rate}
 * @param written the value in the checkpoint
 * @param found the value in the file
 */
record ChangedSetting(String place, String written, String found) {
  /** Settings that do not change the numbers of a run, such as the location of its data. */
  private static final Set<String> MAY_CHANGE =
      Set.of(
          "epochs",
          "save_every",
          "checkpoint_minutes",
          "evaluate_every",
          "dataset/request",
          "dataset/name",
          "dataset/origin");

  /** Whether a run may go on with the new value. */
  boolean isHarmless() {
    return MAY_CHANGE.contains(place);
  }

  /** All changes between the settings in a checkpoint and those in the file. */
  static List<ChangedSetting> between(RunConfig written, RunConfig found) {
    List<ChangedSetting> changes = new ArrayList<>();
    add("", RunConfigFile.flat(written), RunConfigFile.flat(found), changes);
    return changes;
  }

  private static void add(
      String place, JsonNode written, JsonNode found, List<ChangedSetting> changes) {
    if (written.equals(found)) {
      return;
    }
    String prefix = place.isEmpty() ? "" : place + "/";
    if (written.isObject() && found.isObject()) {
      Set<String> names = new TreeSet<>();
      written.fieldNames().forEachRemaining(names::add);
      found.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> add(prefix + name, written.path(name), found.path(name), changes));
    } else if (written.isArray() && found.isArray() && written.size() == found.size()) {
      for (int i = 0; i < written.size(); i++) {
        add(prefix + i, written.get(i), found.get(i), changes);
      }
    } else {
      changes.add(new ChangedSetting(place, text(written), text(found)));
    }
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}

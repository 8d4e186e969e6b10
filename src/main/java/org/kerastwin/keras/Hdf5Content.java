package org.kerastwin.keras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kerastwin.io.NdArray;

/**
 * The content of an HDF5 file, limited to the features of Keras's files. Paths have no slash at
 * either end; the path of the root group is empty.
 */
final class Hdf5Content {
  private final Set<String> groups = new TreeSet<>();
  private final Map<String, NdArray> dataSets = new LinkedHashMap<>();
  private final Map<String, Map<String, List<String>>> attributes = new TreeMap<>();

  /** Adds a group. */
  void addGroup(String path) {
    groups.add(path);
  }

  /** Adds a data set of float32 or int64. */
  void addDataSet(String path, NdArray numbers) {
    dataSets.put(path, numbers);
  }

  /** Adds a text attribute to a group; a scalar is a list of one. */
  void addAttribute(String group, String name, List<String> values) {
    attributes.computeIfAbsent(group, path -> new LinkedHashMap<>()).put(name, values);
  }

  /** Paths of the groups that were added, sorted; parents of other objects may be missing. */
  Set<String> groups() {
    return Collections.unmodifiableSet(groups);
  }

  /** Data sets by path, in the order in which they were added. */
  Map<String, NdArray> dataSets() {
    return Collections.unmodifiableMap(dataSets);
  }

  /** Text attributes by group and name. */
  Map<String, Map<String, List<String>>> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /** An attribute of a group; empty if there is none or it is not text. */
  List<String> attribute(String group, String name) {
    return attributes.getOrDefault(group, Map.of()).getOrDefault(name, List.of());
  }

  /** The data sets below a group, with paths relative to it. */
  Map<String, NdArray> below(String group) {
    Map<String, NdArray> below = new LinkedHashMap<>();
    String prefix = group + "/";
    dataSets.forEach(
        (path, array) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), array);
          }
        });
    return Collections.unmodifiableMap(below);
  }
}

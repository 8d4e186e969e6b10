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
 * What an HDF5 file holds, as far as Keras's files need it. Paths have no slash at either end; the
 * root group's is empty.
 *
 * @param groups paths of all groups
 * @param dataSets path to numbers: float32 or int64
 * @param attributes path of a group to its attributes of text, by name; a scalar is a list of one
 */
record Hdf5Content(
    Set<String> groups,
    Map<String, NdArray> dataSets,
    Map<String, Map<String, List<String>>> attributes) {
  /** An empty file. */
  Hdf5Content() {
    this(new TreeSet<>(), new LinkedHashMap<>(), new TreeMap<>());
  }

  /** The attribute of a group; empty if there is none, or if it is no text. */
  List<String> attribute(String group, String name) {
    return attributes.getOrDefault(group, Map.of()).getOrDefault(name, List.of());
  }

  /** Adds an attribute of text. */
  void put(String group, String name, List<String> values) {
    attributes.computeIfAbsent(group, path -> new LinkedHashMap<>()).put(name, values);
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

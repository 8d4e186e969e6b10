package org.kerastwin.savedmodel;

import java.nio.file.Path;

/** Paths of the files in a SavedModel's folder. */
record Layout(Path folder) {
  Path model() {
    return folder.resolve("saved_model.pb");
  }

  Path fingerprint() {
    return folder.resolve("fingerprint.pb");
  }

  /**
   * This program's description of the layers. TensorFlow reserves {@code assets.extra} for other
   * programs and does not read it.
   */
  Path architecture() {
    return folder.resolve("assets.extra").resolve("architecture.json");
  }

  Path variables() {
    return folder.resolve("variables");
  }

  /** The common prefix of the checkpoint's files. */
  Path checkpoint() {
    return variables().resolve("variables");
  }

  Path index() {
    return variables().resolve("variables.index");
  }

  /** The tensors; our own models have a single file of them. */
  Path data() {
    return variables().resolve("variables.data-00000-of-00001");
  }
}

package org.kerastwin.savedmodel;

import java.nio.file.Path;

/** Where the files of a SavedModel are in its folder. */
record Layout(Path folder) {
  Path model() {
    return folder.resolve("saved_model.pb");
  }

  Path fingerprint() {
    return folder.resolve("fingerprint.pb");
  }

  Path variables() {
    return folder.resolve("variables");
  }

  /** What the names of the checkpoint's files begin with. */
  Path checkpoint() {
    return variables().resolve("variables");
  }

  Path index() {
    return variables().resolve("variables.index");
  }

  /** The tensors; a model of ours has them in one file. */
  Path data() {
    return variables().resolve("variables.data-00000-of-00001");
  }
}

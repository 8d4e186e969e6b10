package org.kerastwin.models;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.io.FileName;
import org.kerastwin.keras.KerasFile;

/** The forms in which a model is stored, by the ending of the file name. */
public enum ModelForm {
  /** One of Keras's files. */
  KERAS,
  /** NumPy's archive of arrays, whose names are the paths of weights. */
  NPZ,
  /** A run or a SavedModel, whose name has no ending. */
  FOLDER;

  /** The endings of the forms that are files. */
  public static final String FILES = ".keras, .weights.h5, .h5 or .npz";

  /** The form of a path, if its ending is known. */
  public static Optional<ModelForm> of(Path path) {
    FileName name = FileName.of(path);
    if (KerasFile.Format.of(path).isPresent()) {
      return Optional.of(KERAS);
    }
    if (name.endsWith(".npz")) {
      return Optional.of(NPZ);
    }
    return name.hasEnding() ? Optional.empty() : Optional.of(FOLDER);
  }
}

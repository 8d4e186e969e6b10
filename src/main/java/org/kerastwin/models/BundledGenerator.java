package org.kerastwin.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Variant;

/** The trained generator that comes with the program, a SavedModel. */
public final class BundledGenerator {
  /** The variant of the generator. */
  public static final Variant VARIANT = Variant.UPSAMPLING;

  /** Its name in messages and reports. */
  public static final String NAME = "the bundled generator";

  private static final List<String> FILES =
      List.of(
          "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001");

  private BundledGenerator() {}

  /** Unpacks it to a temporary folder and reads it from there. */
  public static ModelFile read() {
    try (TemporaryFolder folder = new TemporaryFolder()) {
      for (String file : FILES) {
        unpack(file, folder.path().resolve(file));
      }
      return SavedNetwork.read(folder.path());
    } catch (IOException unwritable) {
      throw IoFailure.of("model", "bundled", "room for a temporary copy of 4 MB", unwritable);
    }
  }

  private static void unpack(String file, Path target) throws IOException {
    try (InputStream packed = BundledGenerator.class.getResourceAsStream("upsampling/" + file)) {
      if (packed == null) {
        throw new FileNotFoundException("no " + file + " in this build");
      }
      Files.createDirectories(target.getParent());
      Files.copy(packed, target);
    }
  }
}

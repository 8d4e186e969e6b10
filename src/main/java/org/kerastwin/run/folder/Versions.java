package org.kerastwin.run.folder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.runtime.NativeRuntime;

/** The versions of the program, TensorFlow and Java. */
public final class Versions {
  private Versions() {}

  /** The program's version, from the manifest of its jar. */
  public static String ofProgram() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  /** The versions of the program, TensorFlow and Java, as a run records them. */
  public static Map<String, String> ofRun() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("trainer", ofProgram());
    versions.put("tensorflow", NativeRuntime.version());
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }
}

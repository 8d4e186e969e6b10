package org.kerastwin.run.folder;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.data.Dataset;

/** Records where a run's images came from, so that it can resume with the same ones. */
public final class DatasetOrigin {
  private static final String AUTO = "auto";
  private static final Set<String> NAMES = Set.of(AUTO, "mnist", "digits");

  private DatasetOrigin() {}

  /** The record of the images that were loaded for a request. */
  public static RunConfig.Source of(String request, Dataset images) {
    return new RunConfig.Source(recorded(request), images.name(), images.origin(), images.sha256());
  }

  /** Whether a request asks for the same images as a record. */
  public static boolean asksFor(String request, RunConfig.Source earlier) {
    return recorded(request).equals(earlier.request()) || request.equals(again(earlier));
  }

  /** Makes paths absolute, since the run may resume from another working directory. */
  private static String recorded(String request) {
    return NAMES.contains(request) ? request : Path.of(request).toAbsolutePath().toString();
  }

  /** The request to resume with; for {@code auto}, the data set that was chosen. */
  public static String again(RunConfig.Source earlier) {
    return earlier.request().equals(AUTO) ? earlier.name() : earlier.request();
  }

  /**
   * Checks that the images are those of the run.
   *
   * @throws EnvironmentException if they differ
   */
  public static void requireSame(RunConfig.Source earlier, Dataset images) {
    if (!Objects.equals(earlier.sha256(), images.sha256())) {
      throw new EnvironmentException(
          Problem.with("data set", images.origin())
              .expected("the images that the run began with, SHA-256 " + earlier.sha256())
              .received(images.sha256())
              .advice("They came from '" + earlier.origin() + "'."));
    }
  }
}

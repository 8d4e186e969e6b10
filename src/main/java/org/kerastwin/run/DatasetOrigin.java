package org.kerastwin.run;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.data.Dataset;

/** What a run records of its images, so that it can go on with the very same. */
public final class DatasetOrigin {
  private static final String AUTO = "auto";
  private static final Set<String> NAMES = Set.of(AUTO, "mnist", "digits");

  private DatasetOrigin() {}

  /** The record of images that were asked for in those words. */
  public static RunConfig.Source of(String request, Dataset images) {
    return new RunConfig.Source(recorded(request), images.name(), images.origin(), images.sha256());
  }

  /** Whether those words ask for the images of that record. */
  public static boolean asks(String request, RunConfig.Source earlier) {
    return recorded(request).equals(earlier.request()) || request.equals(again(earlier));
  }

  /** A relative path would be another file when the run goes on from another folder. */
  private static String recorded(String request) {
    return NAMES.contains(request) ? request : Path.of(request).toAbsolutePath().toString();
  }

  /** What to load to go on: for {@code auto} what it came to, whatever it would find today. */
  public static String again(RunConfig.Source earlier) {
    return earlier.request().equals(AUTO) ? earlier.name() : earlier.request();
  }

  /**
   * Checks that the images are those of the run.
   *
   * @throws EnvironmentException if they are others
   */
  public static void requireSame(RunConfig.Source earlier, Dataset images) {
    if (!Objects.equals(earlier.sha256(), images.sha256())) {
      throw new EnvironmentException(
          "data set",
          images.origin(),
          "the images that the run began with, SHA-256 " + earlier.sha256(),
          images.sha256(),
          "They came from '" + earlier.origin() + "'.");
    }
  }
}

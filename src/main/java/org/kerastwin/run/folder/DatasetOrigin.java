package org.kerastwin.run.folder;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.data.Dataset;

/**
 * Where a run's images came from, so that it can resume with the same ones.
 *
 * @param request the user's choice: {@code auto}, {@code mnist}, {@code digits} or a path
 * @param name the data set
 * @param origin the file, or "embedded"
 * @param sha256 of the data
 */
public record DatasetOrigin(String request, String name, String origin, String sha256) {
  private static final String AUTO = "auto";
  private static final Set<String> NAMES = Set.of(AUTO, "mnist", "digits");

  /** The origin of the images that were loaded for a request. */
  public static DatasetOrigin of(String request, Dataset images) {
    return new DatasetOrigin(absolute(request), images.name(), images.origin(), images.sha256());
  }

  /** Makes paths absolute, since the run may resume from another working directory. */
  private static String absolute(String request) {
    return NAMES.contains(request) ? request : Path.of(request).toAbsolutePath().toString();
  }

  /** Whether a request asks for these images. */
  public boolean isOf(String asked) {
    return absolute(asked).equals(request) || asked.equals(requestToResume());
  }

  /** The request to resume with; for {@code auto}, the data set that was chosen. */
  public String requestToResume() {
    return request.equals(AUTO) ? name : request;
  }

  /**
   * Checks that the images are those of the run.
   *
   * @throws EnvironmentException if they differ
   */
  public void requireSame(Dataset images) {
    if (!Objects.equals(sha256, images.sha256())) {
      throw new EnvironmentException(
          Problem.with("data set", images.origin())
              .expected("the images that the run began with, SHA-256 " + sha256)
              .received(images.sha256())
              .advice("They came from '" + origin + "'."));
    }
  }
}

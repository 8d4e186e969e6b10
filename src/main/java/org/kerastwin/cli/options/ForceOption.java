package org.kerastwin.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.ReplaceableFolder;
import picocli.CommandLine.Option;

/** The option {@code --force}. Without it no model is replaced, since training one takes hours. */
public final class ForceOption {
  @Option(names = "--force", order = 40)
  private boolean force;

  /**
   * Rejects an existing file or folder, unless the folder is empty.
   *
   * @throws EnvironmentException if it exists and {@code --force} was not given
   */
  public void require(Path output) {
    if (!force && Files.exists(output) && !isEmptyFolder(output)) {
      throw new EnvironmentException(
          Problem.with("output", output)
              .expected("a new file or folder")
              .received("one that exists already")
              .advice("Replace it with --force."));
    }
  }

  private static boolean isEmptyFolder(Path output) {
    return ReplaceableFolder.reasonToKeep(output, child -> false).isEmpty();
  }
}

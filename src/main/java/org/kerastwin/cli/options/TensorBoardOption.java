package org.kerastwin.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.tensorboard.EventFolder;
import picocli.CommandLine.Option;

/** The option {@code --tensorboard}. */
public final class TensorBoardOption {
  private static final String IN_RUN_FOLDER = "on";
  private static final String NAME = "tensorboard";

  @Option(
      names = "--tensorboard",
      order = 23,
      arity = "0..1",
      fallbackValue = IN_RUN_FOLDER,
      paramLabel = "DIR|on")
  private String folder;

  /** The folder of the events, if any. */
  public Optional<EventFolder> events(Path run) {
    Path ofRun = run.resolve(NAME);
    if (folder == null) {
      return Optional.of(ofRun).filter(Files::isDirectory).map(EventFolder::new);
    }
    return Optional.of(new EventFolder(folder.equals(IN_RUN_FOLDER) ? ofRun : Path.of(folder)));
  }
}

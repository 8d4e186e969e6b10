package org.kerastwin.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;

/**
 * A folder of event files, which TensorBoard reads as one run. Each file continues after the
 * previous one, and its name contains its last step. A file appears only when it is complete, so no
 * step appears twice, even if a run is stopped, killed or resumed.
 *
 * @param path the folder, which may not exist yet
 */
public record EventFolder(Path path) {
  /** TensorBoard looks for "tfevents" in the name and reads the files in the order of the names. */
  private static final String NAME = "events.out.tfevents.%010d.kerastwin";

  private static final Pattern OURS =
      Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\.kerastwin");

  /**
   * Checks that a new run may write to the folder, without changing anything.
   *
   * @throws EnvironmentException if the folder holds event files
   */
  public void requireNew() {
    for (Path file : files()) {
      if (file.getFileName().toString().contains("tfevents")) {
        throw new EnvironmentException(
            Problem.with("event files", path)
                .expected("a folder without event files")
                .received("the events of another run")
                .advice("Choose another folder for the events."));
      }
    }
  }

  /**
   * Writes the file that ends at a step, starting after the previous file. Files of later steps are
   * removed, since the run was resumed before them.
   *
   * @param step the last step
   * @param content writes the events after a given step
   */
  public void write(long step, ObjLongConsumer<EventWriter> content) {
    long before = 0;
    try {
      for (Path file : files()) {
        Matcher name = OURS.matcher(file.getFileName().toString());
        if (name.matches()) {
          long last = Long.parseLong(name.group(1));
          if (last > step) {
            Files.delete(file);
          } else if (last < step) {
            before = Math.max(before, last);
          }
        }
      }
    } catch (IOException undeletable) {
      throw IoFailure.of("event files", path, "a folder that can be written", undeletable);
    }
    long first = before;
    AtomicFile.write(
        path.resolve(NAME.formatted(step)),
        output -> content.accept(new EventWriter(output, Instant.now()), first));
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    } catch (IOException unreadable) {
      throw IoFailure.of("event files", path, "a folder that can be read", unreadable);
    }
  }
}

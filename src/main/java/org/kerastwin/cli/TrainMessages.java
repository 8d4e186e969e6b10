package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kerastwin.data.Dataset;
import org.kerastwin.image.PixelRange;
import org.kerastwin.run.Trainer;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunFiles;
import org.kerastwin.runtime.Device;

/**
 * The lines that {@code train} prints at its start and end.
 *
 * @param config the settings of the run
 * @param run its folder
 */
record TrainMessages(RunConfig config, Path run) {
  /** Precedes the lines that the notebook prints. */
  static final String DATA =
      "The data as the notebook prints it: shapes of the training and the test arrays, then the"
          + " largest and the smallest scaled pixel.";

  /** What is trained, and how long. */
  List<String> start(Dataset images, Device device) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Training %s on %s (%s), seed %d, %s, %s, to '%s'."
            .formatted(
                config.networkNames(),
                images.name(),
                device,
                config.seed(),
                config.gan().form(),
                config.gan().precision(),
                run));
    if (config.networks().generator().pixelRange() == PixelRange.UNIT) {
      lines.add("The generator gives pixels from 0 to 1, so the images are scaled to 0..1.");
    }
    int steps = config.stepsPerEpoch(images.train().size());
    lines.add(
        "%s of %s, and a picture after each epoch. Ctrl-C saves and stops."
            .formatted(counted(config.epochs(), "epoch"), counted(steps, "step")));
    return lines;
  }

  private static String counted(int count, String what) {
    return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  /** How the run ended, where to look, and the next command. */
  List<String> end(Trainer.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (outcome) {
          case COMPLETED -> "Done: '%s'.".formatted(run);
          case STOPPED -> "Stopped by --max-steps: '%s'; --resume continues it.".formatted(run);
          case INTERRUPTED -> "Interrupted and saved: '%s'; --resume continues it.".formatted(run);
        });
    RunFiles files = new RunFiles(run);
    if (Files.exists(files.report())) {
      lines.add("Report: '%s'".formatted(files.report()));
    }
    String quoted = NextCommands.quoted(run.toString());
    lines.add("Pictures: '%s'".formatted(files.images(1).getParent()));
    lines.add(
        outcome == Trainer.Outcome.COMPLETED
            ? "Next: java -jar trainer.jar generate --model %s --output images.png"
                .formatted(quoted)
            : "Next: java -jar trainer.jar train --resume --output %s".formatted(quoted));
    return lines;
  }
}

package org.kerastwin.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.kerastwin.report.RunPage.NextCommand;

/** Suggested next commands for a run's report, to paste into a shell. */
final class NextCommands {
  private static final String PLAIN = "[\\w./:@%+=,-]+";

  private NextCommands() {}

  /** The commands for the run in a folder. */
  static List<NextCommand> of(Path run) {
    String program = "java -jar " + quoted(jar());
    String folder = quoted(run.toString());
    String model = quoted(run.toAbsolutePath().normalize().resolve("saved_model").toString());
    return List.of(
        new NextCommand(
            "Resume; with --epochs N for more epochs",
            "%s train --resume --output %s".formatted(program, folder)),
        new NextCommand(
            "Generate images",
            "%s generate --model %s --output images.png".formatted(program, folder)),
        new NextCommand(
            "Generate a moving picture from one seed to another",
            "%s generate --model %s --interpolate 1 7 --count 40 --output path.gif"
                .formatted(program, folder)),
        new NextCommand(
            "Serve the model over HTTP",
            "docker run -p 8501:8501 -v %s:/models/generator/1 -e MODEL_NAME=generator tensorflow/serving"
                .formatted(model)));
  }

  /** The path of this program's jar, relative to the working folder. */
  private static String jar() {
    try {
      Path code =
          Path.of(NextCommands.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (code.toString().endsWith(".jar")) {
        Path here = Path.of("").toAbsolutePath();
        return code.startsWith(here) ? here.relativize(code).toString() : code.toString();
      }
    } catch (URISyntaxException noFile) {
      // Falls back to the usual name.
    }
    return "trainer.jar";
  }

  /** Quotes a text for a POSIX shell. */
  static String quoted(String text) {
    return text.matches(PLAIN) ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}

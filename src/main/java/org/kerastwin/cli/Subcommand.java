package org.kerastwin.cli;

import java.io.PrintWriter;
import org.kerastwin.cli.options.PrecisionOption;
import org.kerastwin.layers.Precision;
import org.kerastwin.runtime.cuda.DeviceSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The parts that all commands share: where they print, and the examples at the end of their help.
 */
@Command(footerHeading = "%nExamples:%n")
abstract class Subcommand {
  @Spec CommandSpec spec;

  /** Receives results. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Receives messages and progress. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Tells what the user should know about the device and the precision. */
  final void note(DeviceSelection selected, Precision precision) {
    selected.notice().ifPresent(err()::println);
    PrecisionOption.notice(precision, selected.device()).ifPresent(err()::println);
  }
}

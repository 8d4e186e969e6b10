package org.kerastwin.cli;

import org.kerastwin.diagnosis.Diagnosis;
import org.kerastwin.runtime.Finding;
import picocli.CommandLine.Command;

/** Describes the environment, with remedies for what is missing. */
@Command(
    name = "doctor",
    description = "Shows versions, devices, data and caches, and how to add what is missing.",
    footer = "  java -jar trainer.jar doctor")
final class DoctorCommand extends Subcommand implements Runnable {
  @Override
  public void run() {
    Diagnosis.report(this::print);
  }

  private void print(Finding finding) {
    out().printf("%-17s %s%n", finding.subject(), finding.result());
    finding.remedy().ifPresent(remedy -> out().printf("%-17s -> %s%n", "", remedy));
  }
}

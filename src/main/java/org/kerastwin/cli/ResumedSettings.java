package org.kerastwin.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.models.InitialWeights;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.RunConfigFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Rejects options that would change a resumed run. */
final class ResumedSettings {
  private static final Set<String> MAY_CHANGE = Set.of("epochs");

  private ResumedSettings() {}

  /**
   * Compares the options that were given with the settings of the run.
   *
   * @param given the parsed command line
   * @param asked the settings of the command line
   * @param dataset the value of {@code --dataset}
   * @throws UsageException naming the first option that differs
   */
  static void require(ParseResult given, RunConfig asked, String dataset, RunConfig kept) {
    Map<String, String> keptValues = RunConfigFile.values(kept);
    Map<String, String> askedValues = RunConfigFile.values(asked);
    keptValues.put("dataset", kept.dataset().request());
    askedValues.put("dataset", kept.dataset().isOf(dataset) ? keptValues.get("dataset") : dataset);
    keptValues.put("initial_weights", InitialWeights.named(kept));
    askedValues.put(
        "initial_weights",
        InitialWeights.named(given.matchedOptionValue("--initial-weights", List.of())));
    for (OptionSpec option : given.matchedOptionsSet()) {
      String setting = setting(option.longestName());
      String expected = keptValues.get(setting);
      String received = askedValues.get(setting);
      if (expected != null && !expected.equals(received) && !MAY_CHANGE.contains(setting)) {
        throw new UsageException(
            Problem.with("option", option.longestName())
                .expected(expected + ", as when the run began")
                .received(received)
                .advice(
                    "A resumed run keeps its settings; --initial-weights starts a new run from its"
                        + " networks with other settings."));
      }
    }
  }

  /** The name of an option's setting in {@code config.json}. */
  private static String setting(String option) {
    return option.equals("--fast") || option.equals("--exact")
        ? "form"
        : option.substring(2).replace('-', '_');
  }
}

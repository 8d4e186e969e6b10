package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kerastwin.models.InitialWeights;
import org.kerastwin.run.DatasetOrigin;
import org.kerastwin.run.RunConfig;
import picocli.CommandLine.ParseResult;

/**
 * The settings that a resumed run keeps although the command line says otherwise. They decide the
 * run's numbers, so another value would make it another run; the user is told, once for each.
 */
final class KeptSettings {
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("--variant", run -> run.gan().variant()),
          new Setting("--batch-size", run -> run.gan().batchSize()),
          new Setting("--learning-rate", run -> run.gan().adam().learningRate()),
          new Setting("--beta-1", run -> run.gan().adam().beta1()),
          new Setting("--noise-dim", run -> run.gan().noiseDim()),
          new Setting("--label-smoothing", run -> run.gan().realLabel()),
          new Setting("--bn-statistics", run -> run.gan().statistics()),
          new Setting("--seed", RunConfig::seed),
          new Setting("--save-every", RunConfig::saveEvery),
          new Setting("--fast", run -> run.gan().form()),
          new Setting("--exact", run -> run.gan().form()));

  private record Setting(String option, Function<RunConfig, Object> value) {}

  private KeptSettings() {}

  /**
   * One line for each option that was given and differs.
   *
   * @param given what the command line holds
   * @param asked the settings that it describes
   * @param kept the settings that the run goes on with
   */
  static List<String> contradictions(ParseResult given, RunConfig asked, RunConfig kept) {
    List<String> lines = new ArrayList<>();
    for (Setting setting : SETTINGS) {
      Object received = setting.value().apply(asked);
      Object expected = setting.value().apply(kept);
      if (given.hasMatchedOption(setting.option()) && !received.equals(expected)) {
        lines.add(line(setting.option(), expected.toString(), received.toString()));
      }
    }
    String dataset = given.matchedOptionValue("--dataset", null);
    if (dataset != null && !DatasetOrigin.asks(dataset, kept.dataset())) {
      lines.add(line("--dataset", kept.dataset().request(), dataset));
    }
    List<Path> initial = given.matchedOptionValue("--initial-weights", List.of());
    String received = InitialWeights.named(initial);
    String expected = InitialWeights.named(kept);
    if (!initial.isEmpty() && !received.equals(expected)) {
      lines.add(line("--initial-weights", expected, received));
    }
    return lines;
  }

  private static String line(String option, String expected, String received) {
    return "option '%s': expected %s as the run began, received %s. The run goes on with %s."
        .formatted(option, expected, received, expected);
  }
}

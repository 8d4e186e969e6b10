package org.kerastwin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.model.Dcgan;
import org.kerastwin.models.NetworksFile;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.run.folder.SettingValues;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Rejects options that would change a resumed run. */
final class ResumedSettings {
  private static final Set<String> MAY_CHANGE = Set.of("epochs");
  private static final String ARCHITECTURE = "architecture";
  private static final String NONE = "none";
  private static final String OWN_NETWORKS = "the networks of the run";

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
    Map<String, String> keptValues = SettingValues.of(kept);
    Map<String, String> askedValues = SettingValues.of(asked);
    keptValues.put("dataset", kept.dataset().request());
    askedValues.put("dataset", kept.dataset().isOf(dataset) ? keptValues.get("dataset") : dataset);
    Map<String, String> start = start(kept);
    keptValues.putAll(start);
    for (OptionSpec option : given.matchedOptionsSet()) {
      String setting = setting(option.longestName());
      String expected = keptValues.get(setting);
      String received = start.containsKey(setting) ? files(option, kept) : askedValues.get(setting);
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

  /** The files that a run started from, by the names of their options. */
  private static Map<String, String> start(RunConfig run) {
    String generator = file(run, Dcgan.GENERATOR);
    String discriminator = file(run, Dcgan.DISCRIMINATOR);
    boolean isNotebook = run.architectures().isEmpty();
    return Map.of(
        "initial_weights",
        run.initialWeights().isEmpty() ? NONE : generator + " " + discriminator,
        "generator",
        isNotebook ? NONE : generator,
        "discriminator",
        isNotebook ? NONE : discriminator,
        ARCHITECTURE,
        isNotebook ? NONE : OWN_NETWORKS);
  }

  private static String file(RunConfig run, String network) {
    return Optional.ofNullable(run.initialWeights().get(network))
        .map(RunConfig.InitialFile::file)
        .orElse(NONE);
  }

  /** The files that an option names; {@link #OWN_NETWORKS} if one holds the run's architectures. */
  private static String files(OptionSpec option, RunConfig run) {
    List<Path> paths = option.stringValues().stream().map(Path::of).toList();
    boolean isOwn =
        option.longestName().equals("--" + ARCHITECTURE)
            && !run.architectures().isEmpty()
            && run.training(new NetworksFile(paths.get(0)).read())
                .equals(run.training(run.networks()));
    return isOwn
        ? OWN_NETWORKS
        : paths.stream()
            .map(path -> path.toAbsolutePath().toString())
            .collect(Collectors.joining(" "));
  }
}

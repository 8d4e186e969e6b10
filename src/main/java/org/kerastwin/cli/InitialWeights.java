package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.data.Sha256;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.KerasConfig;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.training.RunConfig;
import org.kerastwin.weights.WeightMap;
import picocli.CommandLine.ParseResult;

/**
 * The two networks that a training begins with, each with its own Adam if its file carries one.
 *
 * @param generator fits the training's variant and noise
 * @param discriminator fits the notebook's
 */
record InitialWeights(Network generator, Network discriminator) {
  private static final String NONE = "none";

  /** The only values that the training has for what is no option. */
  private static final AdamSettings FIXED = new AdamSettings(0, 0);

  private static final Setting LEARNING_RATE =
      new Setting("--learning-rate", RunConfig::learningRate, Network::learningRate);
  private static final Setting BETA_1 = new Setting("--beta-1", RunConfig::beta1, Network::beta1);

  /**
   * What an Adam and the command line may say differently.
   *
   * @param asked what the command line says, or its default
   * @param own what a network's file says, if it does
   */
  private record Setting(
      String option, ToDoubleFunction<RunConfig> asked, Function<Network, Stream<Double>> own) {}

  /** A network and the file that it came from. */
  record Network(Path file, ModelFile model) {
    private Stream<AdamSettings> settings() {
      return model.optimizer().flatMap(ModelFile.Optimizer::settings).stream();
    }

    /** What the optimizer's variable says, which a schedule may have changed, or its settings. */
    private Stream<Double> learningRate() {
      String path = KerasConfig.variables(model.model()).learningRate();
      return model.optimizer().stream()
          .map(adam -> adam.slots().tensors().get(path))
          .flatMap(Stream::ofNullable)
          .map(rate -> Double.parseDouble(Float.toString(rate.floats()[0])));
    }

    private Stream<Double> beta1() {
      return settings().map(AdamSettings::beta1);
    }

    /** Refuses what no training leaves, before one begins with it. */
    private void requirePossible() {
      requireFinite(model.weights());
      learningRate().forEach(rate -> require("a learning rate above 0", rate, rate > 0));
      beta1().forEach(beta -> require("a beta_1 from 0 to below 1", beta, beta >= 0 && beta < 1));
      model
          .optimizer()
          .ifPresent(
              adam -> {
                String iteration = KerasConfig.variables(model.model()).iteration();
                long updates = adam.slots().get(iteration).longs()[0];
                require("a number of updates", updates, updates >= 0);
                requireFinite(adam.slots());
              });
    }

    private void requireFinite(WeightMap values) {
      values
          .tensors()
          .forEach(
              (path, value) -> {
                if (value.dtype() == DType.FLOAT32) {
                  for (float element : value.floats()) {
                    require("finite numbers at " + path, element, Float.isFinite(element));
                  }
                }
              });
    }

    private void require(String expected, Object received, boolean isRight) {
      if (!isRight) {
        throw new EnvironmentException("model", file, expected, String.valueOf(received));
      }
    }

    /** Which Adam the training goes on with, and what of it the file does not say. */
    private String adam() {
      if (model.hasOtherOptimizer()) {
        return "a new Adam: its optimizer is no Adam that this program has";
      }
      if (model.optimizer().isEmpty()) {
        return "a new Adam";
      }
      String iteration = KerasConfig.variables(model.model()).iteration();
      String unsaid =
          Stream.concat(
                  learningRate().findAny().isEmpty() ? Stream.of("learning rate") : Stream.of(),
                  beta1().findAny().isEmpty() ? Stream.of("beta_1") : Stream.of())
              .collect(Collectors.joining(" and "));
      return "its Adam after %d updates%s"
          .formatted(
              model.optimizer().get().slots().get(iteration).longs()[0],
              unsaid.isEmpty() ? "" : ", whose %s it does not say".formatted(unsaid));
    }
  }

  /**
   * Reads both.
   *
   * @param variant of the generator that is trained
   * @param noiseDim size of its noise
   * @throws EnvironmentException if a file is missing, damaged, or holds another network
   */
  static InitialWeights read(Path generator, Path discriminator, Variant variant, int noiseDim) {
    InitialWeights networks =
        new InitialWeights(
            network(generator, Dcgan.GENERATOR, variant),
            network(discriminator, Dcgan.DISCRIMINATOR, variant));
    networks.requireGenerator(variant, noiseDim);
    networks.requireDiscriminator();
    return networks;
  }

  private static Network network(Path file, String name, Variant variant) {
    if (Files.isDirectory(file)) {
      throw new EnvironmentException(
          name,
          file,
          "a file",
          "a folder",
          "'convert --network %s' makes one of it.".formatted(name));
    }
    if (KerasFile.Format.of(file).isEmpty() && !file.toString().endsWith(".npz")) {
      throw new UsageException(
          name, file, "a name that ends in .keras, .weights.h5, .h5 or .npz", "another ending");
    }
    ModelFile model = new ModelSource(file, Optional.of(variant), Optional.of(name)).open();
    if (!model.model().name().equals(name)) {
      throw new EnvironmentException(
          name,
          file,
          "a " + name,
          "a " + model.model().name(),
          "The generator's file comes first, then the discriminator's.");
    }
    Network network = new Network(file, model);
    network.settings().forEach(adam -> requireFixed(file, adam));
    network.requirePossible();
    return network;
  }

  private static void requireFixed(Path file, AdamSettings adam) {
    if ((float) adam.beta2() != (float) FIXED.beta2()
        || (float) adam.epsilon() != (float) FIXED.epsilon()) {
      throw new EnvironmentException(
          "optimizer",
          file,
          "Adam with beta_2 %s and epsilon %s".formatted(FIXED.beta2(), FIXED.epsilon()),
          "beta_2 %s and epsilon %s".formatted(adam.beta2(), adam.epsilon()),
          "Save the model without its optimizer.");
    }
  }

  private void requireGenerator(Variant variant, int noiseDim) {
    Sequential model = generator.model().model();
    if (!isLike(model, Dcgan.generator(variant, noiseDim))) {
      Optional<Variant> found = generator.model().variant().filter(Variant::isTrainable);
      long noise = model.inputShape().numDimensions() == 1 ? model.inputShape().get(0) : 0;
      throw new EnvironmentException(
          "generator",
          generator.file(),
          "the variant %s for noise of %d numbers".formatted(variant, noiseDim),
          found.map(label -> "%s for noise of %d".formatted(label, noise)).orElse("another model"),
          found
              .map(label -> "'--variant %s --noise-dim %d' takes it.".formatted(label, noise))
              .orElse("The layers and all their arguments must be the notebook's."));
    }
  }

  private void requireDiscriminator() {
    if (!isLike(discriminator.model().model(), Dcgan.discriminator())) {
      throw new EnvironmentException(
          Dcgan.DISCRIMINATOR,
          discriminator.file(),
          "the notebook's discriminator",
          "other layers or arguments");
    }
  }

  private static boolean isLike(Sequential model, Sequential wanted) {
    return model.inputShape().equals(wanted.inputShape()) && model.nodes().equals(wanted.nodes());
  }

  private List<Network> both() {
    return List.of(generator, discriminator);
  }

  /** The run's settings: an Adam goes on with its own, unless the user gives others. */
  RunConfig config(ParseResult given, RunConfig asked) {
    Map<String, RunConfig.InitialFile> files = new LinkedHashMap<>();
    for (Network network : both()) {
      files.put(
          network.model().model().name(),
          new RunConfig.InitialFile(
              network.file().toAbsolutePath().toString(), Sha256.of(network.file())));
    }
    double learningRate = value(LEARNING_RATE, given, asked);
    return asked.beginningWith(files, learningRate, value(BETA_1, given, asked));
  }

  private double value(Setting setting, ParseResult given, RunConfig asked) {
    List<Double> found = both().stream().flatMap(setting.own()).distinct().toList();
    if (found.isEmpty() || given.hasMatchedOption(setting.option())) {
      return setting.asked().applyAsDouble(asked);
    }
    if (found.size() > 1) {
      throw new EnvironmentException(
          "optimizers",
          "%s' and '%s".formatted(generator.file(), discriminator.file()),
          "one value of " + setting.option(),
          "%s and %s".formatted(found.get(0), found.get(1)),
          "%s decides.".formatted(setting.option()));
    }
    return found.get(0);
  }

  /** What the user should know: what goes on, and which settings of a file are overruled. */
  List<String> report(ParseResult given, RunConfig asked) {
    List<String> lines = new ArrayList<>();
    for (Network network : both()) {
      lines.add(
          "Beginning with the %s of '%s' and %s."
              .formatted(network.model().model().name(), network.file(), network.adam()));
      for (Setting setting : List.of(LEARNING_RATE, BETA_1)) {
        double wanted = setting.asked().applyAsDouble(asked);
        if (given.hasMatchedOption(setting.option())) {
          setting
              .own()
              .apply(network)
              .filter(own -> own != wanted)
              .forEach(
                  own ->
                      lines.add(
                          "option '%s': expected %s as in '%s', received %s. The training goes on with %s."
                              .formatted(setting.option(), own, network.file(), wanted, wanted)));
        }
      }
    }
    return lines;
  }

  /** Weights and slots by path, as a training keeps them: its learning rate is no variable. */
  WeightMap state() {
    Map<String, NdArray> state = new LinkedHashMap<>();
    for (Network network : both()) {
      ModelFile model = network.model();
      state.putAll(model.weights().tensors());
      model.optimizer().ifPresent(adam -> state.putAll(adam.slots().tensors()));
      state.remove(KerasConfig.variables(model.model()).learningRate());
    }
    return new WeightMap(state);
  }

  /** Files as messages name them. */
  static String named(List<Path> files) {
    return named(
        files.stream().map(file -> file.toAbsolutePath().toString()).toArray(String[]::new));
  }

  /** The files that a run began with. */
  static String named(RunConfig run) {
    return named(
        Stream.of(Dcgan.GENERATOR, Dcgan.DISCRIMINATOR)
            .map(run.initialWeights()::get)
            .flatMap(Stream::ofNullable)
            .map(RunConfig.InitialFile::file)
            .toArray(String[]::new));
  }

  private static String named(String... files) {
    return files.length == 0 ? NONE : String.join(" ", Arrays.asList(files));
  }
}

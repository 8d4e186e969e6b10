package org.kerastwin.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.data.Sha256;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.run.RunConfig;
import org.kerastwin.weights.WeightMap;

/**
 * The two networks that a training begins with, each with its own Adam if its file carries one.
 *
 * @param generator fits the training's variant and noise
 * @param discriminator fits the notebook's
 */
public record InitialWeights(InitialNetwork generator, InitialNetwork discriminator) {
  private static final String NONE = "none";

  private static final Setting LEARNING_RATE =
      new Setting(
          "--learning-rate", run -> run.gan().adam().learningRate(), InitialNetwork::learningRate);
  private static final Setting BETA_1 =
      new Setting("--beta-1", run -> run.gan().adam().beta1(), InitialNetwork::beta1);

  /**
   * What an Adam and the command line may say differently.
   *
   * @param asked what the command line says, or its default
   * @param own what a network's file says, if it does
   */
  private record Setting(
      String option,
      ToDoubleFunction<RunConfig> asked,
      Function<InitialNetwork, Stream<Double>> own) {}

  /**
   * Reads both.
   *
   * @param variant of the generator that is trained
   * @param noiseDim size of its noise
   * @throws EnvironmentException if a file is missing, damaged, or holds another network
   */
  public static InitialWeights read(
      Path generator, Path discriminator, Variant variant, int noiseDim) {
    InitialWeights networks =
        new InitialWeights(
            InitialNetwork.read(generator, Dcgan.GENERATOR, variant),
            InitialNetwork.read(discriminator, Dcgan.DISCRIMINATOR, variant));
    networks.requireGenerator(variant, noiseDim);
    networks.requireDiscriminator();
    return networks;
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

  private List<InitialNetwork> both() {
    return List.of(generator, discriminator);
  }

  /** The run's settings: an Adam goes on with its own, unless the user gives others. */
  public RunConfig config(Predicate<String> given, RunConfig asked) {
    Map<String, RunConfig.InitialFile> files = new LinkedHashMap<>();
    for (InitialNetwork network : both()) {
      files.put(
          network.model().model().name(),
          new RunConfig.InitialFile(
              network.file().toAbsolutePath().toString(), Sha256.of(network.file())));
    }
    AdamSettings adam =
        new AdamSettings(value(LEARNING_RATE, given, asked), value(BETA_1, given, asked));
    return asked.startingFrom(files, adam);
  }

  private double value(Setting setting, Predicate<String> given, RunConfig asked) {
    List<Double> found = both().stream().flatMap(setting.own()).distinct().toList();
    if (found.isEmpty() || given.test(setting.option())) {
      return setting.asked().applyAsDouble(asked);
    }
    if (found.size() > 1) {
      throw new EnvironmentException(
          "optimizers",
          "%s, %s".formatted(generator.file(), discriminator.file()),
          "one value of " + setting.option(),
          "%s and %s".formatted(found.get(0), found.get(1)),
          "%s decides.".formatted(setting.option()));
    }
    return found.get(0);
  }

  /** What the user should know: what goes on, and which settings of a file are overruled. */
  public List<String> report(Predicate<String> given, RunConfig asked) {
    List<String> lines = new ArrayList<>();
    for (InitialNetwork network : both()) {
      lines.add(
          "Beginning with the %s of '%s' and %s."
              .formatted(network.model().model().name(), network.file(), network.adam()));
      for (Setting setting : List.of(LEARNING_RATE, BETA_1)) {
        double wanted = setting.asked().applyAsDouble(asked);
        if (given.test(setting.option())) {
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
  public WeightMap state() {
    Map<String, NdArray> state = new LinkedHashMap<>();
    for (InitialNetwork network : both()) {
      ModelFile model = network.model();
      state.putAll(model.weights().tensors());
      model.optimizer().ifPresent(adam -> state.putAll(adam.slots().tensors()));
      state.remove(KerasConfig.variables(model.model()).learningRate());
    }
    return new WeightMap(state);
  }

  /** Files as messages name them. */
  public static String named(List<Path> files) {
    return named(
        files.stream().map(file -> file.toAbsolutePath().toString()).toArray(String[]::new));
  }

  /** The files that a run began with. */
  public static String named(RunConfig run) {
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

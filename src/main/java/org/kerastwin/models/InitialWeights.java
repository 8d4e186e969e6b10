package org.kerastwin.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Sha256;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Networks;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.UnfitNetworksException;
import org.kerastwin.model.Variant;
import org.kerastwin.run.folder.RunConfig;
import org.kerastwin.weights.WeightMap;

/**
 * The two networks that training starts from, each with its optimizer if the file has an Adam.
 *
 * @param generator the generator; it has the variant and noise size of the run
 * @param discriminator the discriminator
 */
public record InitialWeights(InitialNetwork generator, InitialNetwork discriminator) {
  /**
   * Reads the notebook's networks.
   *
   * @param variant variant of the generator
   * @param noiseDim size of its noise
   * @throws EnvironmentException if a file is missing, damaged, or holds another network
   */
  public static InitialWeights read(
      Path generator, Path discriminator, Variant variant, int noiseDim) {
    InitialWeights networks =
        new InitialWeights(
            InitialNetwork.read(generator, Dcgan.GENERATOR, Optional.of(variant)),
            InitialNetwork.read(discriminator, Dcgan.DISCRIMINATOR, Optional.of(variant)));
    networks.requireGenerator(variant, noiseDim);
    networks.requireDiscriminator();
    networks.both().forEach(InitialWeights::requireNoFrozenLayer);
    return networks;
  }

  /**
   * Reads two networks of any architecture.
   *
   * @throws EnvironmentException if a file is missing or damaged, or the networks do not fit each
   *     other
   */
  public static InitialWeights read(Path generator, Path discriminator) {
    InitialWeights networks =
        new InitialWeights(
            InitialNetwork.read(generator, Dcgan.GENERATOR, Optional.empty()),
            InitialNetwork.read(discriminator, Dcgan.DISCRIMINATOR, Optional.empty()));
    networks.networks();
    return networks;
  }

  /** The two networks. */
  public Networks networks() {
    try {
      return new Networks(generator.model().model(), discriminator.model().model());
    } catch (UnfitNetworksException misfit) {
      throw misfit.in("networks", files());
    }
  }

  private void requireGenerator(Variant variant, int noiseDim) {
    Sequential model = generator.model().model();
    if (!model.hasLayersOf(Dcgan.generator(variant, noiseDim))) {
      Optional<Variant> found = generator.model().variant().filter(Variant::isTrainable);
      long noise = model.inputShape().numDimensions() == 1 ? model.inputShape().get(0) : 0;
      throw new EnvironmentException(
          Problem.with(Dcgan.GENERATOR, generator.file())
              .expected("the variant %s for noise of %d numbers".formatted(variant, noiseDim))
              .received(
                  found
                      .map(label -> "%s for noise of %d".formatted(label, noise))
                      .orElse("another model"))
              .advice(
                  found
                      .map(
                          label -> "Train the variant %s with noise of %d.".formatted(label, noise))
                      .orElse("The layers and all their arguments must be the notebook's.")));
    }
  }

  private void requireDiscriminator() {
    if (!discriminator.model().model().hasLayersOf(Dcgan.discriminator())) {
      throw new EnvironmentException(
          Problem.with(Dcgan.DISCRIMINATOR, discriminator.file())
              .expected("the notebook's discriminator")
              .received("other layers or arguments"));
    }
  }

  /** The notebook's networks have no frozen layers. */
  private static void requireNoFrozenLayer(InitialNetwork network) {
    network.model().model().frozen().stream()
        .findFirst()
        .ifPresent(
            layer -> {
              throw new EnvironmentException(
                  Problem.with(network.model().model().name(), network.file())
                      .expected("layers that are trained")
                      .received("the frozen layer '%s'".formatted(layer.ownName()))
                      .remedy(Remedy.NAME_BOTH_NETWORKS));
            });
  }

  private List<InitialNetwork> both() {
    return List.of(generator, discriminator);
  }

  /**
   * The requested settings of a run, changed to start from these networks.
   *
   * @param given the arguments of Adam that the user gave. They override those of the files, which
   *     override the other ones in {@code asked}.
   */
  public RunConfig config(Map<AdamSettings.Argument, Double> given, RunConfig asked) {
    Map<String, RunConfig.InitialFile> files = new LinkedHashMap<>();
    for (InitialNetwork network : both()) {
      files.put(
          network.model().model().name(),
          new RunConfig.InitialFile(
              network.file().toAbsolutePath().toString(), Sha256.of(network.file())));
    }
    Map<AdamSettings.Argument, Double> adam = new EnumMap<>(AdamSettings.Argument.class);
    for (AdamSettings.Argument argument : AdamSettings.Argument.values()) {
      if (!given.containsKey(argument)) {
        ofFiles(argument).ifPresent(value -> adam.put(argument, value));
      }
    }
    adam.putAll(given);
    return asked.startingFrom(files, asked.gan().adam().with(adam));
  }

  private Optional<Double> ofFiles(AdamSettings.Argument argument) {
    List<Double> found =
        both().stream().flatMap(network -> network.setting(argument).stream()).distinct().toList();
    if (found.size() > 1) {
      throw new EnvironmentException(
          Problem.with("optimizers", files())
              .expected("the same %s in both".formatted(argument))
              .received("%s and %s".formatted(found.get(0), found.get(1)))
              .remedy(Remedy.GIVE_ADAM_SETTINGS));
    }
    return found.stream().findFirst();
  }

  /** Lines for the user: the networks and optimizers, and the settings that were overridden. */
  public List<String> report(Map<AdamSettings.Argument, Double> given) {
    List<String> lines = new ArrayList<>();
    for (InitialNetwork network : both()) {
      lines.add(
          "Starting from the %s of '%s' and %s."
              .formatted(network.model().model().name(), network.file(), network.describeAdam()));
      lines.addAll(network.describeFrozen());
      given.forEach(
          (argument, wanted) ->
              network
                  .setting(argument)
                  .filter(own -> !own.equals(wanted))
                  .map(
                      own ->
                          "The %s is %s as you asked, not %s as in '%s'."
                              .formatted(argument, wanted, own, network.file()))
                  .ifPresent(lines::add));
    }
    return lines;
  }

  /** Weights and slots by path. The learning rates are left out, since they are settings here. */
  public WeightMap state() {
    Map<String, NdArray> state = new LinkedHashMap<>();
    both().forEach(network -> state.putAll(network.state()));
    return new WeightMap(state);
  }

  private String files() {
    return generator.file() + ", " + discriminator.file();
  }
}

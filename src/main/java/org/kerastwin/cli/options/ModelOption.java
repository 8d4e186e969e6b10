package org.kerastwin.cli.options;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.models.BundledGenerator;
import org.kerastwin.models.ModelSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --model M} and {@code --variant V}. */
public final class ModelOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private final Set<String> warned = new HashSet<>();

  @Option(names = "--model", paramLabel = "M")
  private Path path;

  @Option(names = "--variant", paramLabel = "V", descriptionKey = "model.variant")
  private Variant variant;

  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  public Optional<Variant> variant() {
    return Optional.ofNullable(variant);
  }

  /** Rejects a command line without {@code --model}. */
  public void require() {
    if (path == null) {
      throw new UsageException(
          Problem.with("option", "--model").expected("a model").received("nothing"));
    }
  }

  /**
   * Reads the network that the options name.
   *
   * @param network the network that is needed; empty for any
   */
  public ModelFile read(Optional<String> network) {
    require();
    return new ModelSource(path, variant(), network).read(this::warn);
  }

  /** The model's name in messages and reports. */
  public String name() {
    return path().map(Path::toString).orElse(BundledGenerator.NAME);
  }

  /** Tells the user of damage in the model's files, once. */
  public void warn(Problem damage) {
    if (warned.add(damage.toString())) {
      command.commandLine().getErr().println(damage);
    }
  }

  /** Reads the generator that the options name, or else the bundled one. */
  public ModelFile readGenerator() {
    if (path != null) {
      return read(Optional.of(Dcgan.GENERATOR));
    }
    if (variant().filter(asked -> asked != BundledGenerator.VARIANT).isPresent()) {
      throw new UsageException(
          Problem.with("option", "--variant")
              .expected(BundledGenerator.VARIANT + ", the variant of the bundled model")
              .received(variant)
              .advice("Choose another model with --model."));
    }
    return BundledGenerator.read();
  }

  /** Parses the name of a network. */
  public static final class NetworkConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals(Dcgan.GENERATOR) || text.equals(Dcgan.DISCRIMINATOR)) {
        return text;
      }
      throw new TypeConversionException(Dcgan.GENERATOR + " or " + Dcgan.DISCRIMINATOR);
    }
  }
}

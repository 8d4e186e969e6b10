package org.kerastwin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.graph.NativeRuntime;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.training.RunConfig;
import org.kerastwin.training.RunFolder;
import org.kerastwin.weights.WeightMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a model between all forms in which it can be kept. */
@Command(
    name = "convert",
    description =
        "Converts a model: a run folder, a SavedModel, .keras, .weights.h5, legacy .h5 or .npz to"
            + " any of these but a run folder. An optimizer's state goes along where both sides"
            + " hold it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class ConvertCommand implements Runnable {
  private static final String NPZ = ".npz";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "The model that is there.")
  private Path in;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The file to write, by its ending; without one a SavedModel's folder.")
  private Path out;

  @Option(
      names = "--variant",
      paramLabel = "V",
      converter = ModelOption.VariantConverter.class,
      description =
          "upsampling, transposed or transposed-literal (default: what IN says; needed where it"
              + " does not, as in .weights.h5 and .npz).")
  private Variant variant;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "Of a run or an .npz with both: generator or discriminator (default: ${DEFAULT-VALUE}).",
      defaultValue = Dcgan.GENERATOR)
  private String network;

  @Override
  public void run() {
    requireEnding(out);
    if (!network.equals(Dcgan.GENERATOR) && !network.equals(Dcgan.DISCRIMINATOR)) {
      throw new UsageException(
          "option", "--network", Dcgan.GENERATOR + " or " + Dcgan.DISCRIMINATOR, network);
    }
    NativeRuntime.loadQuietly();
    ModelFile model = read();
    requireVariant(model);
    if (KerasFile.Format.of(out).isPresent()) {
      model.write(out);
    } else if (out.toString().endsWith(NPZ)) {
      WeightMap slots =
          model.optimizer().map(ModelFile.Optimizer::slots).orElse(model.weights().under("/"));
      Npz.write(out, model.weights().and(slots).tensors(), Compression.STORED);
    } else {
      new SavedModelOutput(out).write(model.inferenceGraph(), model.weights());
    }
    spec.commandLine().getOut().printf("%s: '%s'%n", model.model().name(), out);
  }

  private static void requireEnding(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    boolean format = KerasFile.Format.of(path).isPresent() || name.endsWith(NPZ);
    if (!format && name.lastIndexOf('.') > 0) {
      throw new UsageException(
          "output",
          path,
          "a folder or a name that ends in .keras, .weights.h5, .h5 or .npz",
          "another ending");
    }
  }

  private ModelFile read() {
    if (KerasFile.Format.of(in).isPresent() && !Files.isDirectory(in)) {
      return ModelFile.read(in, Optional.ofNullable(variant));
    }
    if (Files.isDirectory(in) && RunFolder.isRun(in)) {
      return ofRun();
    }
    if (in.toString().endsWith(NPZ) && isDiscriminator()) {
      return ofNpz(new WeightMap(Npz.readAll(in)));
    }
    TrainedGenerator generator = TrainedGenerator.read(in, Optional.ofNullable(variant));
    return new ModelFile(generator.model(), generator.weights(), Optional.empty());
  }

  private ModelFile ofRun() {
    RunConfig config = RunFolder.readConfig(in);
    WeightMap state = new WeightMap(Npz.readAll(RunFolder.checkpoint(in)));
    Sequential model =
        isDiscriminator()
            ? Dcgan.discriminator()
            : Dcgan.generator(config.variant(), config.noiseDim());
    WeightMap weights = state.under(model.name() + "/");
    weights.requireLike(InferenceSession.template(model), in);
    AdamSettings settings = new AdamSettings(config.learningRate(), config.beta1());
    return new ModelFile(model, weights, Optional.of(ModelFile.ofRun(model, settings, state)));
  }

  private ModelFile ofNpz(WeightMap arrays) {
    Sequential model = Dcgan.discriminator();
    WeightMap weights = arrays.under(model.name() + "/");
    weights.requireLike(InferenceSession.template(model), in);
    return new ModelFile(model, weights, Optional.empty());
  }

  private boolean isDiscriminator() {
    return network.equals(Dcgan.DISCRIMINATOR);
  }

  private void requireVariant(ModelFile model) {
    if (variant != null && !ModelFile.variant(model.model()).equals(Optional.of(variant))) {
      throw new EnvironmentException(
          "model", in, "the variant " + variant, "another " + model.model().name());
    }
  }
}

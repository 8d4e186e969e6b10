package org.kerastwin.cli;

import java.nio.file.Path;
import org.kerastwin.graph.Device;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes images with a trained generator. */
@Command(
    name = "generate",
    description = "Makes images with a trained generator.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class GenerateCommand implements Runnable {
  /** Fits the caches; larger batches are slower. */
  private static final int BATCH = 64;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE|DIR",
      description =
          "A .png with a grid, an .npy with float32 [n, 28, 28, 1] in [-1, 1], or a folder of"
              + " single .png. Required.")
  private Path output;

  @Mixin private NoiseOptions noise;

  @Option(
      names = "--grid",
      paramLabel = "CxR",
      converter = GridSize.Converter.class,
      description =
          "Columns and rows of a grid, such as 10x10 (default: as square as --count allows).")
  private GridSize grid;

  @Mixin private DeviceOption device;

  @Override
  public void run() {
    model.require();
    ImageOutput target = ImageOutput.of(output, grid);
    noise.requireConsistent(target.cells());
    Device where = device.select(Pass.Form.FAST);
    TrainedGenerator generator = model.read();
    NdArray z = noise.array(generator.noiseDim(), target.cells());
    try (InferenceSession session =
        new InferenceSession(generator.model(), generator.weights(), where, Pass.Form.FAST)) {
      target.write(session.run(z, BATCH));
    }
    spec.commandLine().getOut().printf("%d images: '%s'%n", z.shape().get(0), output);
  }
}

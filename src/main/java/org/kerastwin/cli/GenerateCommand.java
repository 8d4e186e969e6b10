package org.kerastwin.cli;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.cli.options.DeviceOption;
import org.kerastwin.cli.options.ForceOption;
import org.kerastwin.cli.options.FormOptions;
import org.kerastwin.cli.options.ModelOption;
import org.kerastwin.cli.options.NoiseOptions;
import org.kerastwin.cli.options.PrecisionOption;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.image.ImageOutput;
import org.kerastwin.io.NdArray;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.runtime.cuda.DeviceSelection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes images with a trained generator. */
@Command(
    name = "generate",
    description = "Generates images with the generator in --model, or with the bundled one.",
    footer = {
      "  java -jar trainer.jar generate --output digits.png",
      "  java -jar trainer.jar generate --model runs/upsampling --seed 7 --output 7.png",
      "  java -jar trainer.jar generate --output path.png --interpolate 1 4 --grid 10x2",
      "  java -jar trainer.jar generate --model g.keras --output n.npy --count 1000"
    })
final class GenerateCommand extends Subcommand implements Runnable {
  @Mixin private ModelOption model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE|DIR",
      descriptionKey = "generate.output")
  private Path output;

  @Mixin private NoiseOptions noise;

  @Option(names = "--grid", paramLabel = "CxR")
  private ImageGrid grid;

  @ArgGroup private FormOptions formOptions = new FormOptions();
  @Mixin private PrecisionOption precisionOption;
  @Mixin private ForceOption force;
  @Mixin private DeviceOption device;

  @Override
  public void run() {
    ImageOutput target = target();
    noise.requireConsistent(target.cells());
    Pass.Form form = formOptions.form();
    Precision precision = precisionOption.of(form);
    DeviceSelection selected = device.select(form);
    ModelFile generator = model.readGenerator();
    note(selected, precision);
    NdArray z = noise.array(generator.noiseDim(), target.cells());
    try (InferenceSession session =
        new InferenceSession(
            generator.model(), generator.weights(), selected.device(), form, precision)) {
      boolean exact = form == Pass.Form.EXACT;
      NdArray images =
          session.run(z, exact ? InferenceSession.PREDICT_BATCH : InferenceSession.BATCH);
      target.write(images, generator.model().pixelRange());
      warnOfNaN(images);
    }
    out().printf("%d images: '%s'%n", z.shape().get(0), output);
  }

  private ImageOutput target() {
    ImageOutput target = ImageOutput.of(output, Optional.ofNullable(grid));
    if (target.form() == ImageOutput.Form.FOLDER) {
      force.require(output);
    }
    if (target.form() != ImageOutput.Form.GRID && grid != null) {
      throw new UsageException(
          Problem.with("option", "--grid")
              .expected("an --output that ends in .png")
              .received(output.toString()));
    }
    return target;
  }

  /** Warns about NaN, which comes from the weights. */
  private void warnOfNaN(NdArray images) {
    FloatBuffer pixels = images.data().asFloatBuffer();
    while (pixels.hasRemaining()) {
      if (Float.isNaN(pixels.get())) {
        err()
            .println(
                Problem.with("images", output)
                    .expected("numbers from -1 to 1")
                    .received("NaN")
                    .advice("The weights of the model may be damaged, or its training diverged."));
        return;
      }
    }
  }
}

package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.io.Npy;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.layers.Activation.Function;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Conv2DTranspose;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Sequential;
import org.tensorflow.ndarray.Shape;

/** Trains and uses networks for color images of another size, with a folder of pictures. */
class ColorImagesTest {
  private static final int SIDE = 12;

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void writeNetworksAndPictures() throws IOException {
    run = folder.resolve("run");
    Sequential generator =
        new Sequential(
            "generator",
            Shape.of(4),
            new Dense(6 * 6 * 2),
            new Reshape(Shape.of(6, 6, 2)),
            new Conv2DTranspose(3, 4, 2, Function.TANH));
    Sequential discriminator =
        new Sequential(
            "discriminator",
            Shape.of(SIDE, SIDE, 3),
            new Conv2D(2, 4, 2, Function.RELU),
            new Flatten(),
            new Dense(1, Function.SIGMOID));
    Files.writeString(
        folder.resolve("gan.json"),
        "{\"generator\":%s,\"discriminator\":%s}"
            .formatted(KerasDescription.json(generator), KerasDescription.json(discriminator)));
    Files.createDirectories(folder.resolve("pictures/red"));
    for (int i = 0; i < 5; i++) {
      BufferedImage picture = new BufferedImage(20 + i, 16, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, 0xff0000);
      ImageIO.write(picture, "png", folder.resolve("pictures/red/" + i + ".png").toFile());
    }
  }

  private Invocation train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--architecture",
                folder.resolve("gan.json").toString(),
                "--dataset",
                folder.resolve("pictures").toString(),
                "--batch-size",
                "2",
                "--epochs",
                "1",
                "--output",
                run.toString()));
    arguments.addAll(List.of(more));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void trainsGeneratesAndResumes() throws IOException {
    Invocation training = train();
    assertEquals(ExitCode.DONE, training.code(), training.err());
    assertTrue(training.err().contains("converted to 12×12 color"), training.err());
    assertTrue(training.out().contains("(5, 12, 12, 3)"), training.out());
    assertTrue(Files.readString(run.resolve("config.json")).contains("\"variant\" : \"networks\""));
    BufferedImage grid = ImageIO.read(run.resolve("images/epoch-001.png").toFile());
    assertEquals(10 * (SIDE + 2) - 2, grid.getWidth());
    assertEquals(3, grid.getRaster().getNumBands());
    assertTrue(Files.exists(run.resolve("images/training.gif")));
    assertTrue(
        Files.readString(run.resolve("report.html")).contains("custom networks on pictures"));

    Path array = folder.resolve("images.npy");
    Invocation images =
        Invocation.of(
            "generate", "--model", run.toString(), "--count", "3", "--output", array.toString());
    assertEquals(ExitCode.DONE, images.code(), images.err());
    assertEquals(List.of(3, SIDE, SIDE, 3), Npy.read(array).shape());
    Invocation resumed =
        Invocation.of("train", "--resume", "--epochs", "2", "--output", run.toString());
    assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
    assertFalse(resumed.err().contains("damaged"), resumed.err());
    assertTrue(Files.exists(run.resolve("images/epoch-001.png")));
  }

  @Test
  void resumesOnlyTheSameArchitecture() throws IOException {
    assertEquals(ExitCode.DONE, train().code());
    Path same = Files.copy(folder.resolve("gan.json"), folder.resolve("same.json"));
    assertEquals(ExitCode.DONE, resume("--architecture", same).code());
    Path other = folder.resolve("other.json");
    Files.writeString(other, Files.readString(same).replace("relu", "elu"));
    Invocation refused = resume("--architecture", other);
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(
        refused
            .err()
            .startsWith(
                "option '--architecture': expected the networks of the run, as when the run began,"
                    + " received "
                    + other),
        refused.err());
  }

  @Test
  void resumesOnlyTheSameFiles() {
    assertEquals(ExitCode.DONE, train("--max-steps", "1").code());
    Path generator = converted("generator");
    Path discriminator = converted("discriminator");
    Path other = folder.resolve("other.keras");
    run = folder.resolve("second");
    Invocation second =
        Invocation.of(
            "train",
            "--generator",
            generator.toString(),
            "--discriminator",
            discriminator.toString(),
            "--dataset",
            folder.resolve("pictures").toString(),
            "--max-steps",
            "1",
            "--output",
            run.toString());
    assertEquals(ExitCode.DONE, second.code(), second.err());
    Invocation same = resume("--generator", generator, "--discriminator", discriminator);
    assertEquals(ExitCode.DONE, same.code(), same.err());
    Invocation refused = resume("--generator", generator, "--discriminator", other);
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(
        refused
            .err()
            .startsWith(
                "option '--discriminator': expected %s, as when the run began, received %s"
                    .formatted(discriminator, other)),
        refused.err());
  }

  private Path converted(String network) {
    Path file = folder.resolve(network + ".keras");
    Invocation done =
        Invocation.of("convert", run.toString(), file.toString(), "--network", network);
    assertEquals(ExitCode.DONE, done.code(), done.err());
    return file;
  }

  private Invocation resume(Object... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--resume", "--max-steps", "1", "--output", run.toString()));
    for (Object option : options) {
      arguments.add(option.toString());
    }
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void rejectsFiguresThatNeedDigits() {
    Invocation training = train("--evaluate-every", "1");
    assertEquals(ExitCode.USAGE, training.code());
    assertTrue(training.err().contains("12×12 color"), training.err());
  }
}

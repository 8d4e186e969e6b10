package org.kerastwin.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;

/**
 * Finds the data set that a user names: {@code auto}, {@code mnist}, {@code digits} or a path.
 *
 * @param environment the places to look for MNIST
 * @param shape the shape of the generator's images; others are converted
 * @param warnings receives warnings, a line each
 */
public record DatasetSource(
    DatasetEnvironment environment, ImageShape shape, Consumer<String> warnings) {
  private static final String WHAT = "data set";

  /**
   * Loads a data set.
   *
   * @param choice {@code auto}: MNIST from Keras's cache or its download, else the embedded digits
   *     with a warning; {@code mnist}: the same without falling back; {@code digits}: the embedded
   *     digits; else a path
   * @throws EnvironmentException if a file is missing, damaged or of another form, or MNIST is
   *     requested and not available
   * @throws UsageException if the choice is none of these and can't be a path
   */
  public Dataset load(String choice) {
    return switch (choice) {
      case "auto" -> auto();
      case "mnist" -> converted(Mnist.load(environment, warnings), conversion());
      case "digits" -> converted(EmbeddedDigits.draw(), conversion());
      default -> ofPath(choice);
    };
  }

  /** MNIST, if Keras's cache has it. A damaged file gives a warning. */
  public Optional<Dataset> cachedMnist() {
    return Mnist.cached(environment, warnings).map(dataset -> converted(dataset, conversion()));
  }

  private Dataset auto() {
    try {
      return load("mnist");
    } catch (EnvironmentException e) {
      warnings.accept("WARNING: training on the embedded digits, not on MNIST: " + e.getMessage());
      return load("digits");
    }
  }

  private Dataset ofPath(String choice) {
    Path path;
    try {
      path = Path.of(choice);
    } catch (InvalidPathException e) {
      path = null;
    }
    if (path == null || choice.isBlank()) {
      throw new UsageException(
          Problem.with(WHAT, choice)
              .expected("auto, mnist, digits or a path")
              .received("'%s'".formatted(choice)));
    }
    if (!Files.exists(path)) {
      throw new EnvironmentException(
          Problem.with(WHAT, path)
              .expected(DatasetPath.FORMS)
              .received("no such file or folder")
              .advice("Check the path, or choose auto, mnist or digits."));
    }
    ImageConversion conversion = conversion();
    return converted(new DatasetPath(path, conversion).read(), conversion);
  }

  private ImageConversion conversion() {
    return new ImageConversion(shape, new ConversionNotes());
  }

  private Dataset converted(Dataset dataset, ImageConversion conversion) {
    Dataset converted =
        new Dataset(
            dataset.name(),
            conversion.apply(dataset.train(), dataset.origin()),
            dataset.test().map(test -> conversion.apply(test, dataset.origin())),
            dataset.sha256(),
            dataset.origin());
    conversion.notes().report(dataset.origin(), warnings);
    return converted;
  }
}

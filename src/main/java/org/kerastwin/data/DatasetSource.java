package org.kerastwin.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.kerastwin.EnvironmentException;
import org.kerastwin.UsageException;
import org.kerastwin.data.digits.StrokeDigits;

/** What {@code --dataset} can name: {@code auto}, {@code mnist}, {@code digits} or a path. */
public final class DatasetSource {
  private DatasetSource() {}

  /**
   * Loads a data set.
   *
   * @param choice {@code auto}: MNIST from Keras's cache or its download, else the embedded digits
   *     with a warning; {@code mnist}: the same without falling back; {@code digits}: the embedded
   *     ones; else the path of an {@code .npz} file in Keras's layout, whatever its name, or of a
   *     folder of MNIST's four IDX files
   * @param environment where MNIST is looked for
   * @param warnings told in one line each of what the user should know
   * @throws EnvironmentException if a file is missing, damaged or of another form, or MNIST was
   *     asked for and cannot be had
   * @throws UsageException if the choice is none of these and cannot be a path
   */
  public static Dataset load(
      String choice, DatasetEnvironment environment, Consumer<String> warnings) {
    return switch (choice) {
      case "auto" -> auto(environment, warnings);
      case "mnist" -> Mnist.load(environment, warnings);
      case "digits" -> StrokeDigits.dataset();
      default -> fromPath(choice);
    };
  }

  private static Dataset auto(DatasetEnvironment environment, Consumer<String> warnings) {
    try {
      return Mnist.load(environment, warnings);
    } catch (EnvironmentException e) {
      warnings.accept("Using the embedded digits in place of MNIST: " + e.getMessage());
      return StrokeDigits.dataset();
    }
  }

  private static Dataset fromPath(String choice) {
    if (choice.isBlank()) {
      throw unusable(choice);
    }
    Path path;
    try {
      path = Path.of(choice);
    } catch (InvalidPathException e) {
      throw unusable(choice);
    }
    if (!Files.exists(path)) {
      throw new EnvironmentException(
          "data set",
          path,
          "an .npz file or a folder of IDX files",
          "no such file or folder",
          "Check the path, or choose auto, mnist or digits.");
    }
    return Files.isDirectory(path)
        ? IdxFolder.read(nameOf(path), path)
        : KerasNpz.read(nameOf(path), path);
  }

  private static UsageException unusable(String choice) {
    return new UsageException(
        "option", "--dataset", "auto, mnist, digits or a path", "'%s'".formatted(choice));
  }

  private static String nameOf(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString().replaceFirst("\\.npz$", "");
  }
}

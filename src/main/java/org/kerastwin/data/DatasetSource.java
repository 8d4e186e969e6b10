package org.kerastwin.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.FileName;
import org.kerastwin.io.IoFailure;

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
  private static final String FORMS =
      "an .npz or .npy file, or a folder of IDX files or of PNG and JPEG pictures";

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
      case "mnist" -> converted(Mnist.load(environment, warnings), new ConversionNotes());
      case "digits" -> converted(EmbeddedDigits.draw(), new ConversionNotes());
      default -> ofPath(choice);
    };
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
              .expected(FORMS)
              .received("no such file or folder")
              .advice("Check the path, or choose auto, mnist or digits."));
    }
    ConversionNotes notes = new ConversionNotes();
    return converted(Files.isDirectory(path) ? ofFolder(path, notes) : ofFile(path, notes), notes);
  }

  private Dataset converted(Dataset dataset, ConversionNotes notes) {
    ImageConversion conversion = new ImageConversion(shape, notes);
    Dataset converted =
        new Dataset(
            dataset.name(),
            conversion.apply(dataset.train(), dataset.origin()),
            dataset.test().map(test -> conversion.apply(test, dataset.origin())),
            dataset.sha256(),
            dataset.origin());
    notes.report(dataset.origin(), warnings);
    return converted;
  }

  /** Reads a file in the format that its first bytes indicate. */
  private static Dataset ofFile(Path file, ConversionNotes notes) {
    String start = start(file);
    if (start.startsWith("\u0093NUMPY")) {
      return ArchiveDataset.ofNpy(nameOf(file), file, notes);
    }
    if (start.startsWith("\0\0") || start.startsWith("\u001f\u008b")) {
      return IdxFiles.of(file)
          .orElseThrow(
              () ->
                  new EnvironmentException(
                      Problem.with(WHAT, file)
                          .expected("IDX images with a name like train-images-idx3-ubyte")
                          .received("another name")))
          .read(nameOf(file), file);
    }
    return ArchiveDataset.ofNpz(nameOf(file), file, notes);
  }

  private static String start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(8), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, file, "a file that can be read", e);
    }
  }

  private Dataset ofFolder(Path folder, ConversionNotes notes) {
    List<Path> files = files(folder);
    List<IdxFiles> idx = IdxFiles.among(files);
    if (idx.size() > 1) {
      throw new EnvironmentException(
          Problem.with(WHAT, folder)
              .expected("one data set of IDX files")
              .received(
                  Excerpt.of(idx.stream().map(set -> set.folder() + "/" + set.prefix()).toList()))
              .advice("Name the file of its training images."));
    }
    if (!idx.isEmpty()) {
      return idx.get(0).read(nameOf(folder), folder);
    }
    List<Path> pictures = files.stream().filter(Picture::isNamed).toList();
    if (!pictures.isEmpty()) {
      return new PictureFolder(folder, pictures)
          .read(nameOf(folder), new ImageConversion(shape, notes));
    }
    return archive(files)
        .map(file -> ofFile(file, notes))
        .orElseThrow(
            () ->
                new EnvironmentException(
                    Problem.with(WHAT, folder)
                        .expected(FORMS)
                        .received("a folder with none of these")
                        .advice("Check the path.")));
  }

  /** The only {@code .npz} of a folder, or the one with the training images, as in KMNIST. */
  private static Optional<Path> archive(List<Path> files) {
    List<Path> archives =
        files.stream().filter(file -> FileName.of(file).endsWith(".npz")).toList();
    List<Path> train =
        archives.stream().filter(file -> FileName.of(file).text().contains("train-im")).toList();
    return Stream.of(archives, train)
        .filter(chosen -> chosen.size() == 1)
        .map(chosen -> chosen.get(0))
        .findFirst();
  }

  private static List<Path> files(Path folder) {
    try {
      return FolderFiles.of(folder);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, folder, "a folder that can be read", e);
    }
  }

  private static String nameOf(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString().replaceFirst("\\.(npz|npy)$", "");
  }
}

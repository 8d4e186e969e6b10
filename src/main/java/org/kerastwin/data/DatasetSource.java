package org.kerastwin.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
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
  private static final Pattern OTHER_PICTURE =
      Pattern.compile("(?i)[^.].*\\.(gif|bmp|webp|tiff?|heic|avif)");

  private static final Pattern ARRAY = Pattern.compile("(?i).*\\.np[yz]");
  private static final Pattern TRAINING_ARRAY =
      Pattern.compile("(?i)(.*train[-_]?im.*|.*x[-_]?train.*)\\.np[yz]");
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

  /** MNIST, if Keras's cache has it. A damaged file gives a warning. */
  public Optional<Dataset> cachedMnist() {
    return Mnist.cached(environment, warnings)
        .map(dataset -> converted(dataset, new ConversionNotes()));
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
          .read(nameOf(file), file, notes);
    }
    if (!start.startsWith("PK")) {
      throw new EnvironmentException(
          Problem.with(WHAT, file)
              .expected(FORMS)
              .received(Picture.isNamed(file) ? "a single picture" : otherKind(start))
              .advice(Picture.isNamed(file) ? "Name its folder." : "Check the path."));
    }
    return ArchiveDataset.ofNpz(nameOf(file), file, notes);
  }

  private static String otherKind(String start) {
    return start.isEmpty() ? "an empty file" : "a file of another kind";
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
      return idx.get(0).read(nameOf(folder), folder, notes);
    }
    List<Path> pictures = files.stream().filter(Picture::isNamed).toList();
    if (!pictures.isEmpty()) {
      List<Path> others = files.stream().filter(file -> hasName(OTHER_PICTURE, file)).toList();
      if (!others.isEmpty()) {
        notes.add("%d files %s were skipped".formatted(others.size(), endings(others)));
      }
      return new PictureFolder(folder, pictures)
          .read(nameOf(folder), new ImageConversion(shape, notes));
    }
    if (files.isEmpty()) {
      throw new EnvironmentException(
          Problem.with(WHAT, folder)
              .expected(FORMS)
              .received("an empty folder")
              .advice("Check the path."));
    }
    return archive(files)
        .map(file -> ofFile(file, notes))
        .orElseThrow(
            () ->
                new EnvironmentException(
                    Problem.with(WHAT, folder)
                        .expected(FORMS)
                        .received("a folder with other files: " + endings(files))
                        .advice("Check the path.")));
  }

  /**
   * The only {@code .npz} or {@code .npy} of a folder, or the one with the training images, as in
   * KMNIST.
   */
  private static Optional<Path> archive(List<Path> files) {
    List<Path> arrays = files.stream().filter(file -> hasName(ARRAY, file)).toList();
    List<Path> train = arrays.stream().filter(file -> hasName(TRAINING_ARRAY, file)).toList();
    return Stream.of(arrays, train)
        .filter(chosen -> chosen.size() == 1)
        .map(chosen -> chosen.get(0))
        .findFirst();
  }

  /** The endings of the names of files, such as {@code [.bmp, .gif]}. */
  private static String endings(List<Path> files) {
    return Excerpt.of(
        files.stream()
            .map(file -> file.getFileName().toString().replaceFirst(".*(?=\\.)", ""))
            .distinct()
            .sorted()
            .toList());
  }

  private static boolean hasName(Pattern pattern, Path file) {
    return pattern.matcher(file.getFileName().toString()).matches();
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

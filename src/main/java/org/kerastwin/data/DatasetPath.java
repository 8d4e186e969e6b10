package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Excerpt;
import org.kerastwin.Problem;
import org.kerastwin.io.FileKind;
import org.kerastwin.io.IoFailure;

/**
 * The file or folder of a data set. Its content tells its form: a NumPy file, IDX files, or
 * pictures.
 *
 * @param path an existing file or folder
 * @param conversion converts pictures to the size and channels for training; its notes receive all
 *     conversions
 */
record DatasetPath(Path path, ImageConversion conversion) {
  /** The forms that are read, for messages. */
  static final String FORMS =
      "an .npz or .npy file, or a folder of IDX files or of PNG and JPEG pictures";

  private static final String WHAT = "data set";
  private static final Pattern OTHER_PICTURE =
      Pattern.compile("(?i)[^.].*\\.(gif|bmp|webp|tiff?|heic|avif)");

  private static final Pattern ARRAY = Pattern.compile("(?i).*\\.np[yz]");
  private static final Pattern TRAINING_ARRAY =
      Pattern.compile("(?i)(.*train[-_]?im.*|.*x[-_]?train.*)\\.np[yz]");

  /**
   * Reads the data set. Only pictures are converted already.
   *
   * @throws EnvironmentException if a file is missing, damaged or of another form
   */
  Dataset read() {
    return Files.isDirectory(path) ? ofFolder() : ofFile();
  }

  private Dataset ofFile() {
    return switch (kind()) {
      case NPY -> ArchiveDataset.ofNpy(name(), path, conversion.notes());
      case ZIP -> ArchiveDataset.ofNpz(name(), path, conversion.notes());
      case IDX, GZIP ->
          IdxFiles.of(path)
              .orElseThrow(
                  () ->
                      new EnvironmentException(
                          Problem.with(WHAT, path)
                              .expected("IDX images with a name like train-images-idx3-ubyte")
                              .received("another name")))
              .read(name(), path, conversion.notes());
      case EMPTY -> throw otherKind("an empty file");
      default -> throw otherKind("a file of another kind");
    };
  }

  private FileKind kind() {
    try {
      return FileKind.of(path);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, path, "a file that can be read", e);
    }
  }

  private EnvironmentException otherKind(String received) {
    boolean isPicture = Picture.isNamed(path);
    return new EnvironmentException(
        Problem.with(WHAT, path)
            .expected(FORMS)
            .received(isPicture ? "a single picture" : received)
            .advice(isPicture ? "Name its folder." : "Check the path."));
  }

  private Dataset ofFolder() {
    List<Path> files = files();
    List<IdxFiles> idx = IdxFiles.among(files);
    if (idx.size() > 1) {
      throw new EnvironmentException(
          Problem.with(WHAT, path)
              .expected("one data set of IDX files")
              .received(
                  Excerpt.of(idx.stream().map(set -> set.folder() + "/" + set.prefix()).toList()))
              .advice("Name the file of its training images."));
    }
    if (!idx.isEmpty()) {
      return idx.get(0).read(name(), path, conversion.notes());
    }
    List<Path> pictures = files.stream().filter(Picture::isNamed).toList();
    if (!pictures.isEmpty()) {
      List<Path> others = files.stream().filter(file -> hasName(OTHER_PICTURE, file)).toList();
      if (!others.isEmpty()) {
        conversion
            .notes()
            .add("%d files %s were skipped".formatted(others.size(), endings(others)));
      }
      return new PictureFolder(path, pictures).read(name(), conversion);
    }
    if (files.isEmpty()) {
      throw new EnvironmentException(
          Problem.with(WHAT, path)
              .expected(FORMS)
              .received("an empty folder")
              .advice("Check the path."));
    }
    return archive(files)
        .map(file -> new DatasetPath(file, conversion).ofFile())
        .orElseThrow(
            () ->
                new EnvironmentException(
                    Problem.with(WHAT, path)
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

  private List<Path> files() {
    try {
      return FolderFiles.of(path);
    } catch (IOException e) {
      throw IoFailure.of(WHAT, path, "a folder that can be read", e);
    }
  }

  private String name() {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString().replaceFirst("\\.(npz|npy)$", "");
  }
}

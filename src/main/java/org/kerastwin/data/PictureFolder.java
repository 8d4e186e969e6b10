package org.kerastwin.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.io.IoFailure;

/**
 * PNG and JPEG pictures in a folder, at any depth. If there are folders named {@code train} or
 * {@code training}, pictures in folders named {@code test}, {@code testing} or {@code t10k} are the
 * test images.
 *
 * @param root the folder
 * @param pictures the files below it
 */
record PictureFolder(Path root, List<Path> pictures) {
  private static final Pattern TRAIN = half("train|training");
  private static final Pattern TEST = half("test|testing|t10k");

  private static Pattern half(String names) {
    return Pattern.compile("(?i)(.*/)?(%s)([-_/].*)?".formatted(names));
  }

  /**
   * Reads all pictures.
   *
   * @param conversion converts to the size and channels for training
   * @throws EnvironmentException naming each picture that is broken
   */
  Dataset read(String name, ImageConversion conversion) {
    boolean halved =
        pictures.stream().anyMatch(picture -> isIn(TRAIN, picture) && !isIn(TEST, picture));
    Map<Boolean, List<Path>> halves =
        pictures.stream()
            .sorted(new PictureOrder())
            .collect(Collectors.partitioningBy(picture -> halved && isIn(TEST, picture)));
    Map<Path, String> broken = Collections.synchronizedMap(new TreeMap<>());
    Optional<Split> train = split(halves.get(false), conversion, broken);
    Optional<Split> test = split(halves.get(true), conversion, broken);
    if (!broken.isEmpty()) {
      throw new EnvironmentException(
          Problem.with("data set", root)
              .expected("%d whole PNG or JPEG pictures".formatted(pictures.size()))
              .received("%d broken: %s".formatted(broken.size(), list(broken)))
              .advice("Replace or delete them."));
    }
    return Dataset.ofArrays(name, train.orElseThrow(), test, root.toString());
  }

  private static String list(Map<Path, String> broken) {
    return broken.entrySet().stream()
        .map(picture -> "'%s' (%s)".formatted(picture.getKey(), picture.getValue()))
        .collect(Collectors.joining(", "));
  }

  private boolean isIn(Pattern half, Path picture) {
    return half.matcher(root.relativize(picture).toString().replace('\\', '/')).matches();
  }

  private Optional<Split> split(
      List<Path> files, ImageConversion conversion, Map<Path, String> broken) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    byte[] images = new byte[conversion.bytes(files.size(), root)];
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            i -> {
              Path file = files.get(i);
              try {
                Picture picture = Picture.read(file);
                int offset = i * conversion.target().values();
                conversion.apply(picture.pixels(), picture.shape(), images, offset);
              } catch (IOException e) {
                broken.put(root.relativize(file), IoFailure.describe(e));
              }
            });
    return Optional.of(new Split(conversion.array(images, files.size())));
  }
}

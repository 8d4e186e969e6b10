package org.kerastwin.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.io.FileName;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.io.ReplaceableFolder;

/**
 * The file or folder for generated images; its ending decides the format.
 *
 * @param path the file or folder
 * @param form the form of the output
 * @param grid the size of the grid; empty if it follows from the number of images
 */
public record ImageOutput(Path path, Form form, Optional<ImageGrid> grid) {
  /** The forms of output. */
  public enum Form {
    /** A .png with all images in a grid. */
    GRID,
    /** A .gif that shows one image after another. */
    ANIMATION,
    /** An .npy with the values. */
    ARRAY,
    /** A folder with a .png for each image. */
    FOLDER
  }

  /**
   * Checks the name, and protects existing files that are no images.
   *
   * @param grid the size of a grid; empty if it follows from the number of images
   * @throws UsageException if the ending is unknown
   * @throws EnvironmentException if the path holds something else than images
   */
  public static ImageOutput of(Path path, Optional<ImageGrid> grid) {
    FileName name = FileName.of(path);
    Form form = form(name);
    if (form == Form.FOLDER && name.hasEnding()) {
      throw new UsageException(
          Problem.with("output", path)
              .expected("a .png, .gif or .npy file or a folder")
              .received("another ending"));
    }
    requireReplaceable(path, form);
    return new ImageOutput(path, form, grid);
  }

  private static Form form(FileName name) {
    if (name.endsWith(".png")) {
      return Form.GRID;
    }
    if (name.endsWith(".gif")) {
      return Form.ANIMATION;
    }
    return name.endsWith(".npy") ? Form.ARRAY : Form.FOLDER;
  }

  /** Anything that is not an image belongs to the user and must stay. */
  private static void requireReplaceable(Path path, Form form) {
    if (form != Form.FOLDER && Files.isDirectory(path)) {
      throw new EnvironmentException(
          Problem.with("output", path).expected("a file").received("a folder"));
    }
    if (form != Form.FOLDER || !Files.exists(path)) {
      return;
    }
    ReplaceableFolder.reasonToKeep(path, ImageOutput::isImageOfOurs)
        .ifPresent(
            found -> {
              throw new EnvironmentException(
                  Problem.with("output", path)
                      .expected("a folder that holds only .png files")
                      .received(found));
            });
  }

  private static boolean isImageOfOurs(Path child) {
    return Files.isRegularFile(child) && child.getFileName().toString().matches("\\d+\\.png");
  }

  /** The number of images that fit; 0 for any number. */
  public int cells() {
    return grid.map(ImageGrid::cells).orElse(0);
  }

  /**
   * Writes images; an .npy file gets the values unchanged.
   *
   * @param images float32 {@code [count, height, width, 1 or 3]}
   * @param range the range of their pixels
   */
  public void write(NdArray images, PixelRange range) {
    switch (form) {
      case ARRAY -> Npy.write(path, images);
      case GRID -> writeGrid(range.toSymmetric(images));
      case ANIMATION -> AtomicFile.write(path, GifAnimation.ofImages(range.toSymmetric(images)));
      case FOLDER -> writeEach(range.toSymmetric(images));
    }
  }

  private void writeGrid(NdArray images) {
    int n = images.shape().get(0);
    AtomicFile.write(path, grid.orElseGet(() -> ImageGrid.holding(n)).png(images));
  }

  /** Replaces the whole folder, so that no images of an earlier, larger set remain. */
  private void writeEach(NdArray images) {
    int n = images.shape().get(0);
    int digits = String.valueOf(n - 1).length();
    AtomicFolder.replace(
        path,
        folder -> {
          for (int i = 0; i < n; i++) {
            String name = String.format(Locale.ROOT, "%0" + digits + "d.png", i);
            Files.write(folder.resolve(name), ImageGrid.singlePng(images, i));
          }
        });
  }
}

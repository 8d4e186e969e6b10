package org.kerastwin.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.AtomicFolder;
import org.kerastwin.io.FileName;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npy;
import org.kerastwin.model.PixelRange;
import org.kerastwin.models.ReplaceableFolder;
import org.kerastwin.report.GifAnimation;
import org.kerastwin.report.ImageGrid;

/**
 * Where generated images go, in the form that the name's ending says.
 *
 * @param path the file or folder
 * @param form what is written
 * @param grid the size of the grid; null if it follows from the number of images
 */
public record ImageOutput(Path path, Form form, ImageGrid grid) {
  /** What can be written. */
  enum Form {
    GRID,
    ANIMATION,
    ARRAY,
    FOLDER
  }

  /** Checks the name, and that nothing is there that must not get lost. */
  public static ImageOutput of(Path path, ImageGrid grid, ForceOption force) {
    FileName name = FileName.of(path);
    Form form = form(name);
    if (form == Form.FOLDER && name.hasEnding()) {
      throw new UsageException(
          Problem.with("output", path)
              .expected("a .png, .gif or .npy file or a folder")
              .received("another ending"));
    }
    if (form != Form.GRID && grid != null) {
      throw new UsageException(
          Problem.with("option", "--grid")
              .expected("an --output that is a .png")
              .received(path.toString()));
    }
    requireReplaceable(path, form);
    if (form == Form.FOLDER) {
      force.require(path);
    }
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

  /** Whatever is there and no image is the user's own. */
  private static void requireReplaceable(Path path, Form form) {
    if (form != Form.FOLDER && Files.isDirectory(path)) {
      throw new EnvironmentException(
          Problem.with("output", path).expected("a file").received("a folder"));
    }
    if (form != Form.FOLDER || !Files.exists(path)) {
      return;
    }
    ReplaceableFolder.objection(path, ImageOutput::isImageOfOurs)
        .ifPresent(
            found -> {
              throw new EnvironmentException(
                  Problem.with("output", path)
                      .expected("a folder that holds nothing but .png")
                      .received(found));
            });
  }

  private static boolean isImageOfOurs(Path child) {
    return Files.isRegularFile(child) && child.getFileName().toString().matches("\\d+\\.png");
  }

  /** How many images it holds; 0 if any number. */
  public int cells() {
    return grid == null ? 0 : grid.cells();
  }

  /**
   * Writes images, an array as it is.
   *
   * @param images float32 {@code [n, height, width, 1]}
   * @param range of their pixels
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
    AtomicFile.write(path, (grid == null ? ImageGrid.holding(n) : grid).png(images));
  }

  /** The folder as a whole, so that images of an earlier, larger set don't stay among the new. */
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

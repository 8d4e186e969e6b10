package org.kerastwin.report;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import org.kerastwin.image.ImageGrid;

/**
 * The diversity of the images in a grid: the standard deviation of each pixel and channel over the
 * images, averaged, as a fraction of the range of levels. It is 0 if all images are the same.
 */
final class SampleDiversity {
  private static final double RANGE = 255;

  private SampleDiversity() {}

  /**
   * Measures a grid as {@link ImageGrid} draws it.
   *
   * @param picture a grid without empty cells
   */
  static double of(BufferedImage picture, ImageGrid grid) {
    Raster raster = picture.getRaster();
    int width = step(raster.getWidth(), grid.columns()) - ImageGrid.SEPARATOR;
    int height = step(raster.getHeight(), grid.rows()) - ImageGrid.SEPARATOR;
    double sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < raster.getNumBands(); channel++) {
          sum += deviation(raster, grid, x, y, channel);
        }
      }
    }
    return sum / (width * height * raster.getNumBands()) / RANGE;
  }

  /** Pixels from one image to the next. */
  private static int step(int length, int images) {
    return (length + ImageGrid.SEPARATOR) / images;
  }

  private static double deviation(Raster raster, ImageGrid grid, int x, int y, int channel) {
    int columnStep = step(raster.getWidth(), grid.columns());
    int rowStep = step(raster.getHeight(), grid.rows());
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < grid.cells(); i++) {
      int level =
          raster.getSample(
              x + i % grid.columns() * columnStep, y + i / grid.columns() * rowStep, channel);
      sum += level;
      squares += (double) level * level;
    }
    double mean = sum / grid.cells();
    return Math.sqrt(Math.max(0, squares / grid.cells() - mean * mean));
  }
}

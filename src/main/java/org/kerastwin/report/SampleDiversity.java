package org.kerastwin.report;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * The diversity of the images in a grid: the standard deviation of each pixel over the images,
 * averaged over the pixels, as a fraction of the range of grays. It is 0 if all images are the
 * same.
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
    int columnStep = (raster.getWidth() + ImageGrid.SEPARATOR) / grid.columns();
    int rowStep = (raster.getHeight() + ImageGrid.SEPARATOR) / grid.rows();
    int width = columnStep - ImageGrid.SEPARATOR;
    int height = rowStep - ImageGrid.SEPARATOR;
    double sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum += deviation(raster, grid, x, y, columnStep, rowStep);
      }
    }
    return sum / (width * height) / RANGE;
  }

  private static double deviation(
      Raster raster, ImageGrid grid, int x, int y, int columnStep, int rowStep) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < grid.cells(); i++) {
      int gray =
          raster.getSample(
              x + i % grid.columns() * columnStep, y + i / grid.columns() * rowStep, 0);
      sum += gray;
      squares += (double) gray * gray;
    }
    double mean = sum / grid.cells();
    return Math.sqrt(Math.max(0, squares / grid.cells() - mean * mean));
  }
}

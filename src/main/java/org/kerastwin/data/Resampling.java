package org.kerastwin.data;

/**
 * Scales an image with a triangle filter, which is wider for smaller targets: Pillow's {@code
 * BILINEAR}, or {@code tf.image.resize} with {@code antialias=True}. Crops both sides to the
 * target's proportions.
 */
final class Resampling {
  private final int channels;
  private final Axis rows;
  private final Axis columns;

  /** Prepares scaling from images of one size to another height and width. */
  Resampling(ImageShape source, int channels, int height, int width) {
    double scale = Math.min((double) source.height() / height, (double) source.width() / width);
    this.channels = channels;
    this.rows = new Axis(source.height(), (int) Math.round(height * scale), height);
    this.columns = new Axis(source.width(), (int) Math.round(width * scale), width);
  }

  /** The scaled image, {@code [height, width, channels]}. */
  byte[] of(byte[] image) {
    double[] narrow = new double[rows.source * columns.length() * channels];
    int at = 0;
    for (int y = 0; y < rows.source; y++) {
      for (int x = 0; x < columns.length(); x++) {
        int first = y * columns.source + columns.first[x];
        for (int channel = 0; channel < channels; channel++) {
          double sum = 0;
          for (int i = 0; i < columns.weights[x].length; i++) {
            int pixel = Byte.toUnsignedInt(image[(first + i) * channels + channel]);
            sum += columns.weights[x][i] * pixel;
          }
          narrow[at++] = sum;
        }
      }
    }
    int row = columns.length() * channels;
    byte[] scaled = new byte[rows.length() * row];
    for (int y = 0; y < rows.length(); y++) {
      for (int x = 0; x < row; x++) {
        double sum = 0;
        for (int i = 0; i < rows.weights[y].length; i++) {
          sum += rows.weights[y][i] * narrow[(rows.first[y] + i) * row + x];
        }
        scaled[y * row + x] = (byte) Math.round(sum);
      }
    }
    return scaled;
  }

  /** One direction: the source pixels of each target pixel, with their weights. */
  private static final class Axis {
    private final int source;
    private final int[] first;
    private final double[][] weights;

    /**
     * Computes the weights; those of a pixel add up to 1.
     *
     * @param source pixels of the source
     * @param cut the source pixels that remain in the middle
     * @param target pixels of the target
     */
    Axis(int source, int cut, int target) {
      this.source = source;
      this.first = new int[target];
      this.weights = new double[target][];
      int offset = (source - cut) / 2;
      double scale = (double) cut / target;
      double reach = Math.max(scale, 1);
      for (int pixel = 0; pixel < target; pixel++) {
        double center = (pixel + 0.5) * scale;
        int from = Math.max(0, (int) (center - reach + 0.5));
        int end = Math.min(cut, (int) (center + reach + 0.5));
        double[] triangle = new double[end - from];
        double sum = 0;
        for (int i = 0; i < triangle.length; i++) {
          triangle[i] = Math.max(0, 1 - Math.abs((from + i + 0.5 - center) / reach));
          sum += triangle[i];
        }
        for (int i = 0; i < triangle.length; i++) {
          triangle[i] /= sum;
        }
        first[pixel] = offset + from;
        weights[pixel] = triangle;
      }
    }

    int length() {
      return first.length;
    }
  }
}

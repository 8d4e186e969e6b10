package org.kerastwin.data;

/**
 * Size of an image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 for gray, 3 for red, green and blue
 */
public record ImageShape(int height, int width, int channels) {
  /** The shape of MNIST's images. */
  public static final ImageShape MNIST = new ImageShape(28, 28, 1);

  /** The shape of a sample, {@code [height, width, channels]}. */
  public static ImageShape of(long... sample) {
    return new ImageShape((int) sample[0], (int) sample[1], (int) sample[2]);
  }

  /** The number of values: height times width times channels. */
  int values() {
    return height * width * channels;
  }

  @Override
  public String toString() {
    return "%d×%d %s"
        .formatted(
            height,
            width,
            channels == 1 ? "gray" : channels == 3 ? "color" : "with " + channels + " channels");
  }
}

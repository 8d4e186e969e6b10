package org.kerastwin.parity.stages;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.kerastwin.image.GifAnimation;
import org.kerastwin.image.ImageGrid;
import org.kerastwin.image.ImageOutput;
import org.kerastwin.image.PixelRange;
import org.kerastwin.image.Png;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Reshape;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.tensorflow.ndarray.Shape;

/**
 * Pictures of images, written and read back: grids as PNG, in gray and color, single images, and a
 * GIF.
 */
public final class GridStage {
  /** The grid of the first images of a generator. */
  public static final TensorKey PIXELS = key("pixels");

  private static final int SIZE = 2;
  private static final List<Integer> WIDE_SHAPE = List.of(5, 3, 4, 1);
  private static final List<Integer> COLOR_SHAPE = List.of(5, 3, 4, 3);
  private static final List<Integer> FRAMES_SHAPE = List.of(3, 2, 3, 1);

  private GridStage() {}

  /** Writes pictures of random images. */
  static Map<TensorKey, NdArray> compute(ImageGrid grid, NamedRandom draws) throws IOException {
    return Map.of(
        key("wide"), wide(grid, draws),
        key("color"), color(grid, draws),
        key("unit"), unit(draws),
        key("single"), single(draws),
        key("animation"), animation(draws));
  }

  private static TensorKey key(String name) {
    return new TensorKey(Stage.GRID, name);
  }

  /** The grid of a generator's first images. */
  static NdArray pixels(NdArray images) throws IOException {
    return read(new ImageGrid(SIZE, SIZE).png(images));
  }

  /** Images that are not square, some pixels outside [-1, 1], in a grid with an empty cell. */
  private static NdArray wide(ImageGrid grid, NamedRandom draws) throws IOException {
    return read(grid.png(draws.noise("grid/images", WIDE_SHAPE)));
  }

  /** The same in color: {@code [height, width, red green blue]}. */
  private static NdArray color(ImageGrid grid, NamedRandom draws) throws IOException {
    byte[] png = grid.png(draws.noise("grid/color", COLOR_SHAPE));
    BufferedImage picture = Png.decode(png);
    int width = picture.getWidth();
    int height = picture.getHeight();
    float[] levels = new float[height * width * 3];
    int at = 0;
    for (int rgb : picture.getRGB(0, 0, width, height, null, 0, width)) {
      levels[at++] = rgb >> 16 & 0xff;
      levels[at++] = rgb >> 8 & 0xff;
      levels[at++] = rgb & 0xff;
    }
    return NdArray.ofFloats(levels, List.of(height, width, 3));
  }

  /** A grid of unspecified size with images of a generator that ends in a sigmoid. */
  private static NdArray unit(NamedRandom draws) throws IOException {
    Sequential generator =
        new Sequential(
            Dcgan.GENERATOR,
            Shape.of(1),
            new Dense(12, Activation.Function.SIGMOID),
            new Reshape(Shape.of(3, 4, 1)));
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path file = temporary.path().resolve("unit.png");
      ImageOutput.of(file, Optional.empty())
          .write(draws.noise("grid/unit", WIDE_SHAPE), generator.pixelRange());
      return read(Files.readAllBytes(file));
    }
  }

  /** Each image in a file of its own: {@code [count, height, width]}. */
  private static NdArray single(NamedRandom draws) throws IOException {
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Path folder = temporary.path().resolve("single");
      ImageOutput.of(folder, Optional.empty())
          .write(draws.noise("grid/unit", WIDE_SHAPE), PixelRange.SYMMETRIC);
      FloatBuffer all = FloatBuffer.allocate(WIDE_SHAPE.stream().reduce(1, (a, b) -> a * b));
      for (int i = 0; i < WIDE_SHAPE.get(0); i++) {
        all.put(read(Files.readAllBytes(folder.resolve(i + ".png"))).floats());
      }
      return NdArray.ofFloats(all.array(), WIDE_SHAPE.subList(0, 3));
    }
  }

  /** The frames of an animation of gray images that are not square. */
  private static NdArray animation(NamedRandom draws) throws IOException {
    byte[] gif = GifAnimation.ofImages(draws.noise("grid/animation", FRAMES_SHAPE));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      int frames = reader.getNumImages(true);
      List<NdArray> found = new ArrayList<>();
      for (int i = 0; i < frames; i++) {
        found.add(grays(reader.read(i)));
      }
      FloatBuffer all = FloatBuffer.allocate(frames * found.get(0).size());
      found.forEach(frame -> all.put(frame.floats()));
      List<Integer> size = found.get(0).shape();
      return NdArray.ofFloats(all.array(), List.of(frames, size.get(0), size.get(1)));
    } finally {
      reader.dispose();
    }
  }

  /** The gray values of a picture. */
  static NdArray read(byte[] png) throws IOException {
    return grays(Png.decode(png));
  }

  private static NdArray grays(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    float[] grays =
        picture.getRaster().getSamples(0, 0, width, height, 0, new float[width * height]);
    return NdArray.ofFloats(grays, List.of(height, width));
  }
}

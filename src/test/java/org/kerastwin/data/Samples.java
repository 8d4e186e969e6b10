package org.kerastwin.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.kerastwin.io.Sha256;

/** A small data set written by NumPy (src/test/python/make_io_fixtures.py), with places for it. */
final class Samples {
  /** More than a local server needs, even on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Nothing listens on port 1 of this machine. */
  static final URI REFUSED = URI.create("http://127.0.0.1:1/mnist.npz");

  static final ImageShape SHAPE = new ImageShape(28, 28, 1);

  static final int PIXELS = 28 * 28;

  private Samples() {}

  /** The data set in small.npz: two images to train on, one held back. */
  static Dataset small() {
    return ArchiveDataset.ofNpz("small", file("small.npz"), new ConversionNotes());
  }

  static Path file(String name) {
    try {
      return Path.of(Samples.class.getResource("/io/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] smallNpz() {
    try {
      return Files.readAllBytes(file("small.npz"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An environment below a folder, whose download should be small.npz. */
  static DatasetEnvironment environment(Path folder, URI url) {
    return environment(folder, url, PATIENCE);
  }

  /** The same with another limit for the server's silence. */
  static DatasetEnvironment environment(Path folder, URI url, Duration idle) {
    return new DatasetEnvironment(
        Optional.of(folder.resolve("keras")),
        folder.resolve("user"),
        url,
        Sha256.of(smallNpz()),
        PATIENCE,
        idle);
  }

  /** Pixel i of all three images is i modulo 251. */
  static boolean isSmall(Dataset dataset) {
    return hasPixels(dataset.train().images().data(), 0)
        && hasPixels(dataset.test().orElseThrow().images().data(), 2 * PIXELS)
        && label(dataset.train(), 0) == 7
        && label(dataset.train(), 1) == 3
        && label(dataset.test().orElseThrow(), 0) == 5;
  }

  private static byte label(Split split, int index) {
    return split.labels().orElseThrow().bytes()[index];
  }

  private static boolean hasPixels(ByteBuffer pixels, int first) {
    for (int i = 0; i < pixels.limit(); i++) {
      if (Byte.toUnsignedInt(pixels.get(i)) != (first + i) % 251) {
        return false;
      }
    }
    return true;
  }
}

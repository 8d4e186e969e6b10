package org.kerastwin.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where to find MNIST: Keras's cache folders and its download, with time limits.
 *
 * @param kerasHome the folder in {@code KERAS_HOME}, if it is set
 * @param userHome the user's home folder; Keras uses {@code .keras} in it by default
 * @param url the file that Keras downloads
 * @param sha256 the hash of that download, in lower-case hexadecimal
 * @param connectTimeout how long the server may take to accept a connection
 * @param idleTimeout how long the server may then send nothing; a stall is noticed within twice
 *     that time
 */
public record DatasetEnvironment(
    Optional<Path> kerasHome,
    Path userHome,
    URI url,
    String sha256,
    Duration connectTimeout,
    Duration idleTimeout) {

  /** From {@code keras/src/datasets/mnist.py}. */
  private static final URI KERAS_URL =
      URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz");

  /** From {@code keras/src/datasets/mnist.py}. */
  private static final String KERAS_SHA256 =
      "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** The environment of this process. */
  public static DatasetEnvironment ofProcess() {
    return new DatasetEnvironment(
        Optional.ofNullable(System.getenv("KERAS_HOME"))
            .filter(path -> !path.isBlank())
            .map(Path::of),
        Path.of(System.getProperty("user.home")),
        KERAS_URL,
        KERAS_SHA256,
        CONNECT_TIMEOUT,
        IDLE_TIMEOUT);
  }

  /** The cache files in which MNIST may be, in search order. */
  public List<Path> cacheFiles() {
    return Stream.concat(kerasHome.stream(), Stream.of(userHome.resolve(".keras")))
        .map(DatasetEnvironment::fileIn)
        .distinct()
        .toList();
  }

  /** The cache files that exist, in search order. */
  public List<Path> cachedFiles() {
    return cacheFiles().stream().filter(Files::exists).toList();
  }

  /** The path where Keras saves its download. */
  public Path downloadFile() {
    return cacheFiles().get(0);
  }

  private static Path fileIn(Path home) {
    return home.resolve("datasets").resolve("mnist.npz");
  }
}

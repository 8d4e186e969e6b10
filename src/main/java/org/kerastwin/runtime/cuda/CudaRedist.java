package org.kerastwin.runtime.cuda;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.EnvironmentException;

/**
 * NVIDIA's redistributable libraries in a jar beside the program's. TensorFlow opens its libraries
 * by bare name; one that the process has open already under that name is taken as it is. So these
 * are unpacked and opened by their paths before TensorFlow looks for them.
 *
 * @param resources the libraries, each after those that it needs
 */
public record CudaRedist(List<URL> resources) {
  private static final String FOLDER = "/org/bytedeco/cuda/linux-x86_64/";

  /** The libraries on this program's class path; none unless it was built with them. */
  static CudaRedist ofBuild() {
    return new CudaRedist(
        LineList.named("cuda-redist.txt").stream()
            .map(name -> CudaRedist.class.getResource(FOLDER + name))
            .filter(Objects::nonNull)
            .toList());
  }

  /**
   * Unpacks them to JavaCPP's cache, the first time, and opens them for the rest of the process.
   *
   * @throws EnvironmentException if the cache can't be written or a library can't be opened
   */
  public void open() {
    for (URL resource : resources) {
      File library = unpacked(resource);
      try {
        System.load(library.getAbsolutePath());
      } catch (UnsatisfiedLinkError failure) {
        throw new EnvironmentException(
                "CUDA library",
                library.getName(),
                "a whole one, and all that it needs",
                failure.getMessage(),
                "Delete '%s', so that it is unpacked anew.".formatted(library.getParent()))
            .causedBy(failure);
      }
    }
  }

  private static File unpacked(URL resource) {
    try {
      // From a folder of classes they need not be unpacked.
      return resource.getProtocol().equals("file")
          ? new File(URI.create(resource.toString()))
          : Loader.cacheResource(resource);
    } catch (IOException failure) {
      throw new EnvironmentException(
              "CUDA library",
              new File(resource.getPath()).getName(),
              "room to unpack it to",
              failure.getMessage(),
              "-Dorg.bytedeco.javacpp.cachedir=FOLDER names another folder.")
          .causedBy(failure);
    }
  }
}

package org.kerastwin.runtime.cuda;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;

/**
 * NVIDIA's redistributable libraries in a jar next to the program's. TensorFlow loads libraries by
 * name, and a library that is already loaded under that name is used. Therefore these are unpacked
 * and loaded by path before TensorFlow looks for them.
 *
 * @param resources the libraries, each after its dependencies
 */
public record CudaRedist(List<URL> resources) {
  private static final String FOLDER = "/org/bytedeco/cuda/linux-x86_64/";

  /** The libraries on the class path of this program, if it was built with them. */
  static CudaRedist ofBuild() {
    return new CudaRedist(
        ReleaseLists.named("cuda-redist.txt").stream()
            .map(name -> CudaRedist.class.getResource(FOLDER + name))
            .filter(Objects::nonNull)
            .toList());
  }

  /**
   * Loads the libraries for the rest of the process, after unpacking them to JavaCPP's cache the
   * first time.
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
                Problem.with("CUDA library", library.getName())
                    .expected("a complete library and its dependencies")
                    .received(failure.getMessage())
                    .advice(
                        "Delete '%s' so that it is unpacked again.".formatted(library.getParent())))
            .causedBy(failure);
      }
    }
  }

  private static File unpacked(URL resource) {
    try {
      // Classes in a folder need no unpacking.
      return resource.getProtocol().equals("file")
          ? new File(URI.create(resource.toString()))
          : Loader.cacheResource(resource);
    } catch (IOException failure) {
      throw new EnvironmentException(
              Problem.with("CUDA library", new File(resource.getPath()).getName())
                  .expected("room to unpack it")
                  .received(failure.getMessage())
                  .advice("Choose another folder with -Dorg.bytedeco.javacpp.cachedir=FOLDER."))
          .causedBy(failure);
    }
  }
}

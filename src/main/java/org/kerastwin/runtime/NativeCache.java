package org.kerastwin.runtime;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.EnvironmentException;
import org.kerastwin.io.AtomicFile;
import org.kerastwin.io.IoFailure;
import org.kerastwin.io.Leftovers;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * JavaCPP's cache, where native libraries are unpacked.
 *
 * <p>JavaCPP unpacks a library just before it loads it. The system then also loads the libraries
 * that it depends on from the same folder, even if another process is still unpacking them or was
 * killed while doing so. That crashes the process. Therefore all libraries are unpacked here first,
 * under temporary names until they are complete. JavaCPP finds them where it would unpack them, and
 * does not unpack them again.
 *
 * @param folder the cache
 */
record NativeCache(Path folder) {
  private static final String WHAT = "native library";

  /**
   * Unpacks TensorFlow's libraries, unless they are there.
   *
   * @throws EnvironmentException if there is no room for them
   */
  static void unpackTensorFlow() {
    try {
      NativeCache cache = new NativeCache(Loader.getCacheDir().toPath());
      tensorFlow().forEach(cache::unpack);
    } catch (IOException nowhere) {
      throw IoFailure.of(
          WHAT, tensorflow.class.getSimpleName(), "a folder to unpack it to", nowhere);
    }
  }

  /** The libraries that JavaCPP will load. */
  private static List<URL> tensorFlow() {
    Class<?> classes = tensorflow.class;
    ClassProperties properties = Loader.loadProperties(classes, Loader.loadProperties(), true);
    List<String> names = new ArrayList<>(properties.get("platform.preload"));
    names.addAll(properties.get("platform.link"));
    names.add(properties.getProperty("platform.library"));
    return names.stream()
        .flatMap(name -> Stream.of(Loader.findLibrary(classes, properties, name)).limit(1))
        .toList();
  }

  /** Unpacks a library from a jar, unless it is there. Libraries outside jars need no unpacking. */
  void unpack(URL library) {
    try {
      if (library.openConnection() instanceof JarURLConnection jar) {
        unpack(jar);
      }
    } catch (IOException failure) {
      throw IoFailure.of(WHAT, library, "one that can be unpacked", failure);
    }
  }

  private void unpack(JarURLConnection library) throws IOException {
    JarEntry entry = library.getJarEntry();
    Path file = file(library);
    if (isComplete(file, entry)) {
      return;
    }
    // JavaCPP's locks against threads and against processes.
    synchronized (Runtime.getRuntime()) {
      try (FileChannel channel =
              new FileOutputStream(folder.resolve(".lock").toFile()).getChannel();
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !isComplete(file, entry)) {
          write(library, file);
        }
      }
    }
  }

  private static void write(JarURLConnection library, Path file) throws IOException {
    if (Files.isDirectory(file.getParent())) {
      Leftovers.remove(file.getParent());
    }
    try (InputStream content = library.getInputStream()) {
      AtomicFile.write(file, content::transferTo);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(library.getJarEntry().getTime()));
  }

  /** The path to which JavaCPP unpacks a library. */
  private Path file(JarURLConnection library) throws IOException {
    Path entry = Path.of(library.getJarEntry().getName());
    if (Boolean.getBoolean("org.bytedeco.javacpp.cachedir.nosubdir")) {
      return folder.resolve(entry.getFileName());
    }
    String jar = Path.of(library.getJarFile().getName()).getFileName().toString();
    return folder.resolve(jar).resolve(entry);
  }

  /** The same test as JavaCPP's; the time is set last. */
  private static boolean isComplete(Path file, JarEntry entry) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == entry.getSize()
        && Files.getLastModifiedTime(file).toMillis() == entry.getTime();
  }
}

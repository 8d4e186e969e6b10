package org.kerastwin.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.io.ZipWriter.Compression;

/** A folder with a small data set and a short run. */
final class CommandFolder {
  static final int IMAGES = 16;
  static final int BATCH = 8;
  static final int NOISE_DIM = 4;

  private static final int SIDE = 28;

  private final Path folder;

  CommandFolder(Path folder) {
    this.folder = folder;
    Npz.write(dataset(), images(0), Compression.DEFLATED);
    Npz.write(path("other.npz"), images(1), Compression.DEFLATED);
  }

  /** A folder with the run of one step with seed 1, which is trained once for all tests. */
  static CommandFolder withRun(Path folder) throws IOException {
    CommandFolder work = new CommandFolder(folder);
    copyAll(SharedRun.FOLDER.path("run"), work.path("run"));
    return work;
  }

  /** The run that tests copy. It is deleted when this process ends. */
  private static final class SharedRun {
    static final CommandFolder FOLDER = trained();

    private static CommandFolder trained() {
      try {
        TemporaryFolder temporary = new TemporaryFolder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary)));
        CommandFolder made = new CommandFolder(temporary.path());
        Invocation training = made.train("run", "--seed", "1", "--max-steps", "1");
        if (training.code() != ExitCode.DONE) {
          throw new AssertionError(training.err());
        }
        return made;
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }

    private static void delete(TemporaryFolder temporary) {
      try {
        temporary.close();
      } catch (IOException undeletable) {
        throw new UncheckedIOException(undeletable);
      }
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path dataset() {
    return path("data.npz");
  }

  /** Trains with these options in addition to the small settings. */
  Invocation train(String output, String... options) {
    return Invocation.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--dataset",
                    dataset().toString(),
                    "--batch-size",
                    String.valueOf(BATCH),
                    "--noise-dim",
                    String.valueOf(NOISE_DIM),
                    "--output",
                    path(output).toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private static Map<String, NdArray> images(int first) {
    Map<String, NdArray> arrays = new LinkedHashMap<>();
    for (String half : List.of("train", "test")) {
      byte[] pixels = new byte[IMAGES * SIDE * SIDE];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i * 37 + first);
      }
      pixels[1] = (byte) 255;
      arrays.put("x_" + half, NdArray.ofBytes(pixels, List.of(IMAGES, SIDE, SIDE)));
      arrays.put("y_" + half, NdArray.ofBytes(new byte[IMAGES], List.of(IMAGES)));
    }
    return arrays;
  }

  /** Copies a file or a folder. */
  Path copy(String from, String to) throws IOException {
    copyAll(path(from), path(to));
    return path(to);
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  /** Replaces a text in a file. */
  void edit(String file, String text, String replacement) throws IOException {
    String content = Files.readString(path(file));
    if (!content.contains(text)) {
      throw new IllegalArgumentException("no '%s' in %s".formatted(text, content));
    }
    Files.writeString(path(file), content.replace(text, replacement));
  }

  /** Copies the run and replaces a text in one of its files. */
  void run(String name, String file, String text, String replacement) throws IOException {
    copy("run", name);
    edit(name + "/" + file, text, replacement);
  }

  /** Cuts a file to a part of its length. */
  void cut(String file, double part) throws IOException {
    byte[] bytes = Files.readAllBytes(path(file));
    Files.write(path(file), Arrays.copyOf(bytes, (int) (bytes.length * part)));
  }

  /** Changes a byte in the middle of a file. */
  void damage(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(path(file));
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(path(file), bytes);
  }

  void write(String file, String content) throws IOException {
    Files.createDirectories(path(file).getParent());
    Files.write(path(file), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Every path below the folder with a checksum of its content. */
  Map<String, Long> contents() {
    Map<String, Long> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        CRC32 checksum = new CRC32();
        if (Files.isRegularFile(each)) {
          checksum.update(Files.readAllBytes(each));
        }
        contents.put(folder.relativize(each).toString(), checksum.getValue());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return contents;
  }
}

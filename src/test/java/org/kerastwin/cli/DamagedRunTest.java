package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages every file of a run in every way. Commands that read the run use its intact files or name
 * the damaged one, and change nothing. A resumed run has the files of an undamaged run.
 */
class DamagedRunTest {
  /** Files that a resumption needs; all other files are written for people and programs. */
  private static final Set<String> STATE =
      Set.of("config.json", "history.csv", "checkpoint/state.npz", "checkpoint/previous.npz");

  /** Files of the first epoch, which a resumed run can't make again. */
  private static final Set<String> PAST = Set.of("images/epoch-001.png", "models/epoch-001.keras");

  /** They show the pictures of all epochs. */
  private static final Set<String> GALLERIES = Set.of("report.html", "images/training.gif");

  @TempDir static Path folder;
  private static CommandFolder work;

  /** The files of the run after a resumption, with their checksums. */
  private static Map<String, Long> resumed;

  /** What may happen to a file. */
  private enum Damage {
    EMPTIED {
      @Override
      void to(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    HALVED {
      @Override
      void to(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    },
    FLIPPED {
      @Override
      void to(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    },
    DELETED {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
      }
    },
    FOLDER {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        Files.writeString(file.resolve("something"), "else");
      }
    },
    LINK {
      @Override
      void to(Path file) throws IOException {
        Path elsewhere = file.resolveSibling("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere.getFileName());
      }
    },
    LINK_TO_NOTHING {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("nothing"));
      }
    },
    /** Root can still read such a file; .ci/surroundings runs this without root's rights. */
    UNREADABLE {
      @Override
      void to(Path file) throws IOException {
        Files.setPosixFilePermissions(file, Set.of());
      }
    };

    abstract void to(Path file) throws IOException;
  }

  @BeforeAll
  static void train() throws IOException {
    work = new CommandFolder(folder);
    Invocation trained =
        work.train("run", "--epochs", "3", "--max-steps", "4", "--save-every", "1", "--seed", "3");
    assertEquals(ExitCode.DONE, trained.code(), trained.err());
    Files.move(work.path("run"), work.path("whole"));
    work.copy("whole", "run");
    assertEquals(ExitCode.DONE, resume().code());
    resumed = files();
    delete();
  }

  @AfterEach
  void end() throws IOException {
    delete();
  }

  private static void delete() throws IOException {
    try (Stream<Path> all = Files.walk(work.path("run"))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Map<String, Long> files() {
    Map<String, Long> files = new TreeMap<>();
    work.contents()
        .forEach(
            (path, checksum) -> {
              if (path.startsWith("run/") && !path.endsWith(".lock")) {
                files.put(path.substring("run/".length()), checksum);
              }
            });
    return files;
  }

  private static Stream<Arguments> everyDamage() throws IOException {
    Path whole = work.path("whole");
    try (Stream<Path> all = Files.walk(whole)) {
      return all
          .filter(path -> Files.isRegularFile(path) && !path.endsWith(".lock"))
          .map(path -> whole.relativize(path).toString())
          .sorted()
          .toList()
          .stream()
          .flatMap(
              file -> Arrays.stream(Damage.values()).map(damage -> Arguments.of(file, damage)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoint/state.npz, FLIPPED",
    "checkpoint/state.npz, LINK",
    "checkpoint/previous.npz, DELETED",
    "checkpoint/previous.npz, FOLDER",
    "config.json, DELETED",
    "history.csv, FLIPPED",
    "images/epoch-001.png, HALVED",
    "report.html, FOLDER"
  })
  void recoversFromDamage(String file, Damage damage) throws IOException {
    damage(file, damage);
    assertReads(file, damage, "generate", "--force", "--output", work.path("out.png").toString());
    assertResumes(file, damage);
  }

  @Tag("damage") // It takes minutes.
  @ParameterizedTest
  @MethodSource("everyDamage")
  void recoversFromEveryDamage(String file, Damage damage) throws IOException {
    damage(file, damage);
    assertReads(file, damage, "generate", "--force", "--output", work.path("out.png").toString());
    assertReads(file, damage, "export", "--force", "--output", work.path("out").toString());
    assertReads(file, damage, "summary");
    assertReads(file, damage, "verify");
    assertResumes(file, damage);
  }

  private static void damage(String file, Damage damage) throws IOException {
    work.copy("whole", "run");
    damage.to(work.path("run").resolve(file));
  }

  private static void assertReads(String file, Damage damage, String command, String... options) {
    Map<String, Long> before = files();
    Invocation reading =
        Invocation.of(
            Stream.concat(
                    Stream.of(command, "--model", work.path("run").toString()), Stream.of(options))
                .toArray(String[]::new));
    assertEquals(before, files());
    // Only verify reads more than the weights, and it has nothing else to compare them with.
    boolean needed = command.equals("verify") && reading.code() != ExitCode.DONE;
    assertTrue(reading.code() == ExitCode.DONE || needed, reading.err());
    boolean damaged = damage != Damage.LINK && damage != Damage.UNREADABLE;
    if (needed || (isNewest(file) && damaged)) {
      String name =
          file.substring(0, file.contains("saved_model/") ? "saved_model".length() : file.length());
      String said = reading.out() + reading.err();
      assertTrue(said.contains(name), said);
    }
  }

  private static boolean isNewest(String file) {
    return file.equals("checkpoint/state.npz");
  }

  private static Invocation resume() {
    return Invocation.of("train", "--resume", "--output", work.path("run").toString());
  }

  private static void assertResumes(String file, Damage damage) {
    Invocation resuming = resume();
    assertEquals(ExitCode.DONE, resuming.code(), resuming.err());
    Map<String, Long> files = files();
    Set<String> differing = new TreeSet<>(resumed.keySet());
    differing.removeIf(path -> resumed.get(path).equals(files.get(path)));
    if (PAST.contains(file)) {
      differing.remove(file);
      differing.removeAll(GALLERIES);
    }
    assertEquals(Set.of(), differing);
    Set<String> more = new TreeSet<>(files.keySet());
    more.removeAll(resumed.keySet());
    more.removeIf(path -> path.contains("damaged-") || path.contains("elsewhere"));
    assertEquals(Set.of(), more);
    boolean damaged = damage != Damage.LINK && damage != Damage.UNREADABLE;
    boolean renamed = damage == Damage.FOLDER && !file.startsWith("saved_model");
    // A run has no previous checkpoint at first, and only a damaged newest one needs it.
    boolean missed = damage != Damage.DELETED || !file.equals("checkpoint/previous.npz");
    if ((damaged && missed && STATE.contains(file)) || renamed) {
      assertTrue(resuming.err().contains(file), resuming.err());
    }
  }
}

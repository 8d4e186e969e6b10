package org.kerastwin.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.EnvironmentException;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.io.IoFailure;
import org.kerastwin.run.folder.Versions;
import org.kerastwin.runtime.GpuSearch;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.ProcessorInstructions;
import org.kerastwin.runtime.cuda.Cuda;
import org.kerastwin.runtime.cuda.CudaDiagnosis;
import org.kerastwin.runtime.cuda.Findings;
import picocli.CommandLine.Command;

/** Describes the environment, with remedies for what is missing. */
@Command(
    name = "doctor",
    description = "Shows versions, devices, data and caches, and how to add what is missing.",
    footer = {"  java -jar trainer.jar doctor"})
final class DoctorCommand extends Subcommand implements Runnable, Findings {
  /** Shifts bytes to MiB. */
  private static final int MEBI = 20;

  @Override
  public void run() {
    CudaDiagnosis diagnosis = new CudaDiagnosis(Cuda.ofBuild(), this);
    say("trainer", Versions.ofProgram());
    boolean isLoaded = tensorFlow();
    say("Java", "%s, %s".formatted(Runtime.version(), System.getProperty("java.home")));
    say("Java options", options());
    say(
        "platform",
        "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    say("memory", "%d MiB of heap at most".formatted(Runtime.getRuntime().maxMemory() >> MEBI));
    say("CPU", "%d processors".formatted(Runtime.getRuntime().availableProcessors()));
    bfloat16();
    if (isLoaded) {
      diagnosis.report(() -> GpuSearch.find(OptionalDouble.empty()));
    }
    dataset();
    nativeCache();
    freeDisk(Path.of("").toAbsolutePath());
  }

  /** Whether TensorFlow's library can be loaded and runs a session. */
  private boolean tensorFlow() {
    try {
      say("TensorFlow", NativeRuntime.version() + ", loads and runs");
      return true;
    } catch (EnvironmentException | LinkageError | UnsupportedOperationException failure) {
      say("TensorFlow", "does not load");
      remedy(FailureMessage.of(failure));
      return false;
    }
  }

  /** The JVM's options, including those from the environment. */
  private static String options() {
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return options.isEmpty() ? "none" : String.join(" ", options);
  }

  private void bfloat16() {
    String finding =
        ProcessorInstructions.bfloat16()
            .map(
                found ->
                    found.isEmpty()
                        ? "no matrix instructions: --precision mixed_bfloat16 won't be faster"
                        : "matrix instructions: " + String.join(", ", found))
            .orElse("unknown on this system");
    say("bfloat16", finding);
  }

  private void freeDisk(Path folder) {
    try {
      say(
          "free disk",
          "%d MiB in '%s'".formatted(Files.getFileStore(folder).getUsableSpace() >> MEBI, folder));
    } catch (IOException unknown) {
      say("free disk", "unknown in '%s': %s".formatted(folder, IoFailure.describe(unknown)));
    }
  }

  private void dataset() {
    List<Path> places = DatasetEnvironment.ofProcess().cacheFiles();
    Path found = places.stream().filter(Files::isRegularFile).findFirst().orElse(null);
    if (found != null) {
      say("MNIST", found.toString());
    } else {
      say("MNIST", "not in Keras's cache: " + places);
      remedy(
          "it is downloaded at the first training; without a network copy mnist.npz there, or use"
              + " --dataset PATH or --dataset digits");
    }
  }

  private void nativeCache() {
    try {
      Path cache = Loader.getCacheDir().toPath();
      say("native libraries", "%s, %d MiB".formatted(cache, size(cache) >> MEBI));
      if (!Files.isWritable(cache)) {
        remedy("can't be written; -Dorg.bytedeco.javacpp.cachedir=FOLDER names another");
      }
      freeDisk(cache);
    } catch (IOException | UncheckedIOException unusable) {
      say("native libraries", "no folder to unpack them to: " + unusable.getMessage());
      remedy("-Dorg.bytedeco.javacpp.cachedir=FOLDER names one");
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  @Override
  public void say(String what, String finding) {
    out().printf("%-17s %s%n", what, finding);
  }

  @Override
  public void remedy(String what) {
    out().printf("%-17s -> %s%n", "", what);
  }
}

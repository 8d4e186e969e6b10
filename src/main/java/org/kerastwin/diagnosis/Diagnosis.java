package org.kerastwin.diagnosis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.EnvironmentException;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.io.IoFailure;
import org.kerastwin.run.folder.Versions;
import org.kerastwin.runtime.Finding;
import org.kerastwin.runtime.GpuSearch;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.PlatformProblem;
import org.kerastwin.runtime.ProcessorInstructions;
import org.kerastwin.runtime.cuda.Cuda;
import org.kerastwin.runtime.cuda.CudaDiagnosis;

/** The findings of {@code doctor}. */
public final class Diagnosis {
  private static final long MIB = 1 << 20;

  private Diagnosis() {}

  /**
   * Examines the program, TensorFlow, Java, the processor, the GPUs, the data set and the disk.
   *
   * @param findings receives each finding as soon as it is known, since TensorFlow may abort the
   *     process
   */
  public static void report(Consumer<Finding> findings) {
    CudaDiagnosis cuda = new CudaDiagnosis(Cuda.ofBuild(), findings);
    findings.accept(new Finding("trainer", Versions.ofProgram()));
    Finding tensorFlow = tensorFlow();
    findings.accept(tensorFlow);
    java().forEach(findings);
    findings.accept(bfloat16());
    if (tensorFlow.remedy().isEmpty()) {
      cuda.report(() -> GpuSearch.find(OptionalDouble.empty()));
    }
    findings.accept(dataset());
    nativeCache().forEach(findings);
    findings.accept(freeDisk(Path.of("").toAbsolutePath()));
  }

  /** Whether TensorFlow's library can be loaded and runs a session. */
  private static Finding tensorFlow() {
    try {
      return new Finding("TensorFlow", NativeRuntime.version() + ", loads and runs");
    } catch (EnvironmentException | LinkageError | UnsupportedOperationException failure) {
      return new Finding(
          "TensorFlow",
          "does not load",
          PlatformProblem.of(failure).map(Object::toString).orElse(failure.getMessage()));
    }
  }

  private static List<Finding> java() {
    Runtime java = Runtime.getRuntime();
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return List.of(
        new Finding("Java", "%s, %s".formatted(Runtime.version(), System.getProperty("java.home"))),
        // Also those from the environment.
        new Finding("Java options", options.isEmpty() ? "none" : String.join(" ", options)),
        new Finding(
            "platform",
            "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"))),
        new Finding("memory", "%d MiB of heap at most".formatted(java.maxMemory() / MIB)),
        new Finding("CPU", "%d processors".formatted(java.availableProcessors())));
  }

  private static Finding bfloat16() {
    return new Finding(
        "bfloat16",
        ProcessorInstructions.bfloat16()
            .map(
                found ->
                    found.isEmpty()
                        ? "no instructions that make --precision mixed_bfloat16 faster"
                        : "instructions: " + String.join(", ", found))
            .orElse("unknown on this system"));
  }

  private static Finding dataset() {
    DatasetEnvironment environment = DatasetEnvironment.ofProcess();
    return environment.cachedFiles().stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(found -> new Finding("MNIST", found.toString()))
        .orElseGet(
            () ->
                new Finding(
                    "MNIST",
                    "not in Keras's cache: "
                        + environment.cacheFiles().stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(" or ")),
                    "it is downloaded at the first training; without a network copy mnist.npz"
                        + " there, or use --dataset PATH or --dataset digits"));
  }

  private static List<Finding> nativeCache() {
    String subject = "native libraries";
    try {
      Path cache = Loader.getCacheDir().toPath();
      String result = "%s, %d MiB".formatted(cache, size(cache) / MIB);
      return List.of(
          Files.isWritable(cache)
              ? new Finding(subject, result)
              : new Finding(
                  subject,
                  result,
                  "can't be written; -Dorg.bytedeco.javacpp.cachedir=FOLDER names another"),
          freeDisk(cache));
    } catch (IOException | UncheckedIOException unusable) {
      return List.of(
          new Finding(
              subject,
              "no folder to unpack them to: " + unusable.getMessage(),
              "-Dorg.bytedeco.javacpp.cachedir=FOLDER names one"));
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .map(Path::toFile)
          .mapToLong(File::length)
          .sum();
    }
  }

  private static Finding freeDisk(Path folder) {
    String subject = "free disk";
    try {
      long free = Files.getFileStore(folder).getUsableSpace() / MIB;
      return new Finding(subject, "%d MiB in '%s'".formatted(free, folder));
    } catch (IOException unknown) {
      return new Finding(
          subject, "unknown in '%s': %s".formatted(folder, IoFailure.describe(unknown)));
    }
  }
}

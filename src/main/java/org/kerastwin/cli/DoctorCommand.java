package org.kerastwin.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.Loader;
import org.kerastwin.cli.options.Version;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.runtime.GpuSearch;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.cuda.Cuda;
import org.kerastwin.runtime.cuda.CudaDiagnosis;
import org.kerastwin.runtime.cuda.Findings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what the program runs on, and how to mend what is missing. */
@Command(
    name = "doctor",
    description =
        "Lists versions, devices, data set and caches, and what to do about what is missing.",
    footer = {"", "Examples:", "  java -jar trainer.jar doctor"})
final class DoctorCommand implements Runnable, Findings {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CudaDiagnosis diagnosis = new CudaDiagnosis(Cuda.ofBuild(), this);
    say("trainer", Version.number());
    say("TensorFlow", NativeRuntime.version());
    say("Java", "%s, %s".formatted(Runtime.version(), System.getProperty("java.home")));
    say(
        "platform",
        "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    say("memory", "%d MiB of heap at most".formatted(Runtime.getRuntime().maxMemory() >> 20));
    say("CPU", "%d processors".formatted(Runtime.getRuntime().availableProcessors()));
    diagnosis.report(() -> GpuSearch.find(OptionalDouble.empty()));
    dataset();
    nativeCache();
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
      say("native libraries", cache.toString());
      if (!Files.isWritable(cache)) {
        remedy("can't be written; -Dorg.bytedeco.javacpp.cachedir=FOLDER names another");
      }
    } catch (java.io.IOException unusable) {
      say("native libraries", "no folder to unpack them to: " + unusable.getMessage());
      remedy("-Dorg.bytedeco.javacpp.cachedir=FOLDER names one");
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

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

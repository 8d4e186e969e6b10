package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.testing.Python;

/**
 * GANs train from their Keras files as in Keras, bit for bit: TensorFlow's DCGAN tutorial, Keras's
 * DCGAN example, Keras-GAN, and small ones with all layers that can be trained.
 *
 * <p>Without oneDNN, which new processors use by default: with it, TensorFlow fuses the matrix
 * product, bias and activation of Keras's Dense layers, which rounds differently.
 */
@Tag("live")
class KnownGansTest {
  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";
  private static final String OFF = "0";

  @TempDir Path folder;

  /** For this process, which has not loaded TensorFlow yet. */
  @BeforeAll
  static void disableOneDnn() {
    int overwrite = 1;
    NativeLibrary.getProcess()
        .getFunction("setenv")
        .invokeInt(new Object[] {ONE_DNN, OFF, overwrite});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tutorial",
        "example",
        "keras-gan",
        "rectifiers",
        "pooling",
        "windows",
        "vectors",
        "channels",
        "probabilities",
        "frozen",
        "separable",
        "layer-norms",
        "shrinks"
      })
  void trainsAsInKeras(String name) throws Exception {
    Python.run(Map.of(ONE_DNN, OFF), Path.of("src/test/python/train_known_gans.py"), name, folder);
    trainsTheSame(
        "--generator",
        folder.resolve("generator.keras").toString(),
        "--discriminator",
        folder.resolve("discriminator.keras").toString());
  }

  @Test
  void drawsInitialWeightsAsKeras() throws Exception {
    Python.run(
        Map.of(ONE_DNN, OFF),
        Path.of("src/test/python/train_known_gans.py"),
        "initializers",
        folder);
    trainsTheSame("--architecture", folder.resolve("architecture.json").toString());
  }

  private void trainsTheSame(String... networks) {
    String run = folder.resolve("run").toString();
    List<String> command = new ArrayList<>(List.of("train", "--exact"));
    command.addAll(List.of(networks));
    command.addAll(
        List.of(
            "--dataset",
            folder.resolve("images.npz").toString(),
            "--seed",
            "11",
            "--batch-size",
            "9",
            "--max-steps",
            "3",
            "--output",
            run));
    Invocation training = Invocation.of(command.toArray(String[]::new));
    assertEquals(ExitCode.DONE, training.code(), training.err());
    Map<String, NdArray> expected = Npz.readAll(folder.resolve("expected.npz"));
    Map<String, NdArray> found =
        new LinkedHashMap<>(Npz.readAll(Path.of(run, "checkpoint", "state.npz")));
    found.keySet().retainAll(expected.keySet());
    assertEquals(expected, found);
    assertEquals(
        ExitCode.DONE,
        Invocation.of(
                "generate",
                "--exact",
                "--model",
                run,
                "--count",
                "4",
                "--output",
                folder.resolve("images.npy").toString())
            .code());
    assertEquals(
        ExitCode.DONE,
        Invocation.of("train", "--resume", "--max-steps", "4", "--output", run).code());
  }
}

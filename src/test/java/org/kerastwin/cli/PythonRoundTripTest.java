package org.kerastwin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerastwin.model.Dcgan;
import org.kerastwin.testing.Python;

/**
 * Keras → Java → Keras preserves every bit, including optimizers, and Keras continues training with
 * the same bits and without a warning. Needs tensorflow, keras and h5py; {@code mvn verify -Plive
 * -Dpython=/path/to/python}.
 */
@Tag("live")
class PythonRoundTripTest {
  private static final Path SCRIPT = Path.of("src/test/python/check_keras_files.py");

  @TempDir Path folder;

  @Test
  void pythonReadsEveryFormOfEveryNetwork() throws Exception {
    python("make");
    Path java = Files.createDirectory(folder.resolve("java"));
    for (String network : List.of("upsampling", "transposed", Dcgan.DISCRIMINATOR)) {
      String keras = network + ".keras";
      String weights = network + ".weights.h5";
      String legacy = network + ".h5";
      convert(network, folder.resolve(keras), java.resolve(network + ".keras.keras"));
      convert(network, folder.resolve(keras), java.resolve(network + ".keras.weights.h5"));
      convert(network, folder.resolve(keras), java.resolve(network + ".keras.h5"));
      convert(network, folder.resolve(legacy), java.resolve(network + ".h5.keras"));
      convert(network, folder.resolve(legacy), java.resolve(network + ".h5.h5"));
      convert(network, folder.resolve(weights), java.resolve(network + ".weights.weights.h5"));
      // These lack the optimizer's arguments, so the result lacks them too.
      convert(network, folder.resolve(weights), java.resolve(network + ".weights.plain.keras"));
      Path arrays = folder.resolve(network + ".npz");
      convert(network, folder.resolve(keras), arrays);
      convert(network, arrays, java.resolve(network + ".npz.plain.keras"));
      convert(network, arrays, java.resolve(network + ".npz.weights.h5"));
    }
    python("check");
  }

  private static void convert(String network, Path in, Path out) {
    List<String> arguments = new ArrayList<>(List.of("convert", in.toString(), out.toString()));
    arguments.addAll(
        network.equals(Dcgan.DISCRIMINATOR)
            ? List.of("--network", network)
            : List.of("--variant", network));
    assertEquals(0, new Program().run(arguments.toArray(new String[0])), arguments::toString);
  }

  private void python(String task) throws Exception {
    Python.run(SCRIPT, task, folder);
  }
}

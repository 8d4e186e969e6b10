package org.kerastwin.parity.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.io.DType;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.TemporaryFolder;
import org.kerastwin.keras.KerasFile;
import org.kerastwin.keras.ModelVariables;
import org.kerastwin.kerasmodel.KerasConfig;
import org.kerastwin.kerasmodel.OptimizerConfig;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/**
 * A small trained model in the files that Keras wrote: the weights, the state of Adam and the
 * outputs of each. The model has all layers, and kernels that are not square.
 */
public final class KerasFilesStage {
  private static final String MODEL = "small";
  private static final String DESCRIBED = MODEL + ".keras";

  private KerasFilesStage() {}

  /** Reads all files of a reference. */
  public static Map<TensorKey, NdArray> compute(Reference reference) throws IOException {
    Map<TensorKey, NdArray> found = new LinkedHashMap<>();
    if (!reference.files().containsKey(DESCRIBED)) {
      return found;
    }
    int batch = reference.meta().batch();
    NdArray input =
        new NamedRandom(reference.meta().seed()).noise("files/input", List.of(batch, 3));
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      for (Map.Entry<String, byte[]> file : reference.files().entrySet()) {
        Files.write(temporary.path().resolve(file.getKey()), file.getValue());
      }
      Path described = temporary.path().resolve(DESCRIBED);
      for (String name : reference.files().keySet()) {
        KerasFile file = KerasFile.read(temporary.path().resolve(name));
        // A .weights.h5 does not describe its layers.
        Sequential model =
            KerasConfig.sequential(
                file.description()
                    .model()
                    .orElseGet(() -> KerasFile.read(described).description().model().orElseThrow()),
                MODEL,
                name);
        add(found, name, file, model, input);
      }
    }
    return found;
  }

  private static void add(
      Map<TensorKey, NdArray> found, String name, KerasFile file, Sequential model, NdArray input) {
    ModelVariables variables = KerasConfig.variables(model);
    WeightMap weights = file.weights(variables);
    put(found, name, weights);
    file.slots(variables).ifPresent(slots -> put(found, name, slots));
    OptimizerConfig.adam(file.description(), name)
        .ifPresent(
            adam ->
                found.put(
                    new TensorKey(Stage.FILES, name + "/adam"),
                    NdArray.ofFloats(
                        new float[] {
                          (float) adam.learningRate(),
                          (float) adam.beta1(),
                          (float) adam.beta2(),
                          (float) adam.epsilon()
                        },
                        List.of(4))));
    found.remove(new TensorKey(Stage.FILES, name + "/" + variables.learningRate()));
    try (InferenceSession session =
        new InferenceSession(model, weights, Device.CPU, Pass.Form.EXACT)) {
      found.put(
          new TensorKey(Stage.FILES, name + "/" + TensorKey.OUTPUT),
          session.run(input, input.shape().get(0)));
    }
  }

  private static void put(Map<TensorKey, NdArray> found, String file, WeightMap values) {
    values
        .tensors()
        .forEach(
            (path, value) ->
                found.put(
                    new TensorKey(Stage.FILES, file + "/" + path),
                    value.dtype() == DType.FLOAT32
                        ? value
                        : NdArray.ofFloats(new float[] {value.longs()[0]}, value.shape())));
  }
}

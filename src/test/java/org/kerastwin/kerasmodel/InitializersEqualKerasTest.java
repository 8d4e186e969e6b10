package org.kerastwin.kerasmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.keras.random.KerasStreams;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.testing.KerasFixtures;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** Initial weights; {@code src/test/python/make_initializer_fixtures.py} made them with Keras. */
class InitializersEqualKerasTest {
  private static final Path DESCRIPTION = Path.of("src/test/resources/keras/initializers.json");
  private static final long SEED = 7;

  /** The C library's logarithm and sine, which normal values need, round by processor. */
  private static final float ROUNDING = 1e-6f;

  private static Sequential read(String json) {
    return KerasConfig.sequential(json, "model", DESCRIPTION);
  }

  private static Sequential described() throws IOException {
    return read(Files.readString(DESCRIPTION));
  }

  private static WeightMap initialWeights(Sequential model) {
    KerasStreams streams = KerasStreams.ofSeed(SEED);
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      model.build(tf, variables, streams::nextInitializerSeed);
      try (GraphSession session =
          GraphSession.prepared(
              graph, variables, new SessionOptions(Device.CPU, false), GraphSession::initialize)) {
        return session.weights();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> initialWeightsEqualKeras() throws IOException {
    WeightMap ours = initialWeights(described());
    Map<String, NdArray> expected = KerasFixtures.arrays("initializers.npz");
    assertEquals(22, expected.size());
    return expected.entrySet().stream()
        .map(
            weight ->
                dynamicTest(
                    weight.getKey(),
                    () ->
                        assertArrayEquals(
                            weight.getValue().floats(),
                            ours.get("model/" + weight.getKey()).floats(),
                            ROUNDING)));
  }

  @Test
  void descriptionsKeepInitializers() throws IOException {
    Sequential model = described();
    Sequential again = read(KerasDescription.json(model).toString());
    assertEquals(model.weights(), again.weights());
  }
}

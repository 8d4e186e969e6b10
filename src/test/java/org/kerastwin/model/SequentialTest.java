package org.kerastwin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Tensors;
import org.kerastwin.graph.Variables;
import org.kerastwin.image.PixelRange;
import org.kerastwin.layers.Activation;
import org.kerastwin.layers.Conv2D;
import org.kerastwin.layers.Dense;
import org.kerastwin.layers.Flatten;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.LeakyReLU;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Reshape;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.testing.KerasFixtures;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SequentialTest {
  private static final int NOISE_DIM = 100;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variables variables = new Variables(tf);

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, SYMMETRIC",
    "SIGMOID, UNIT",
    "HARD_SIGMOID, UNIT",
    "SPARSE_SIGMOID, UNIT",
    "RELU, SYMMETRIC"
  })
  void pixelRangeFollowsFromTheLastActivation(Activation.Function last, PixelRange expected) {
    Reshape reshape = new Reshape(Shape.of(2, 2, 1));
    assertEquals(expected, chain(new Dense(4, last), reshape).pixelRange());
    assertEquals(expected, chain(new Dense(4, last), reshape, Activation.LINEAR).pixelRange());
    assertEquals(
        expected,
        chain(new Dense(4, Activation.Function.SIGMOID), reshape, new Activation(last))
            .pixelRange());
  }

  @Test
  void pixelRangeOfALayerWithoutAFunctionIsUnknown() {
    Dense sigmoid = new Dense(4, Activation.Function.SIGMOID);
    Sequential model = chain(sigmoid, new Dense(4), new Reshape(Shape.of(2, 2, 1)));
    assertEquals(PixelRange.SYMMETRIC, model.pixelRange());
  }

  private static Sequential chain(Layer... layers) {
    return new Sequential("generator", Shape.of(3), layers);
  }

  @Test
  void countsLayersByClass() {
    Sequential model =
        new Sequential(
            "m",
            Shape.of(8, 8, 1),
            new Conv2D(2, 3, 1),
            new LeakyReLU(0.2),
            new Conv2D(2, 3, 1),
            new Flatten(),
            new LeakyReLU(0.2),
            new Dense(1),
            new LeakyReLU(0.2));
    assertEquals(
        List.of(
            "conv2d",
            "leaky_re_lu",
            "conv2d_1",
            "flatten",
            "leaky_re_lu_1",
            "dense",
            "leaky_re_lu_2"),
        model.nodes().stream().map(LayerNode::name).toList());
    assertEquals(Shape.of(128), model.nodes().get(3).output());
    assertEquals(Shape.of(1), model.outputShape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"upsampling", "transposed", "transposed-literal", "discriminator"})
  void buildsVariablesInTheOrderOfKeras(String name) {
    Sequential model = model(name);
    model.build(tf, variables, () -> 1);
    List<String> found = new ArrayList<>();
    variables.all().forEach(v -> found.add(v.path() + " " + Tensors.dimensions(v.shape())));
    List<String> expected = new ArrayList<>();
    for (JsonNode weight : KerasFixtures.names().get("weights").get(name)) {
      expected.add(weight.get("path").asText() + " " + KerasFixtures.texts(weight.get("shape")));
    }
    assertEquals(expected, found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"upsampling", "transposed", "transposed-literal", "discriminator"})
  void trainableWeightsEqualKeras(String name) {
    List<String> trainable =
        model(name).weights().entrySet().stream()
            .filter(weight -> weight.getValue().trainable())
            .map(Map.Entry::getKey)
            .toList();
    assertEquals(KerasFixtures.texts(KerasFixtures.names().get("trainable").get(name)), trainable);
  }

  private static Sequential model(String name) {
    return name.equals("discriminator")
        ? Dcgan.discriminator()
        : Dcgan.generator(Variant.of(name).orElseThrow(), NOISE_DIM);
  }

  @Test
  void applyingTwiceSharesVariables() {
    Sequential model = new Sequential("m", Shape.of(3), new Dense(2), new LeakyReLU(0.2));
    model.build(tf, variables, () -> 7);
    Operand<TFloat32> x = tf.constant(new float[][] {{1, -2, 3}});
    Operand<TFloat32> first = apply(model, x, Pass.inference(tf, Pass.Form.EXACT));
    Operand<TFloat32> second =
        apply(model, x, Pass.training(tf, Pass.Form.FAST, MovingAverage.KERAS));
    assertEquals(2, variables.all().size());
    assertEquals(2, count("VarHandleOp"));
    try (GraphSession session =
        new GraphSession(graph, variables, SessionOptions.exact(Device.CPU))) {
      session.initialize();
      try (Result result = session.run().fetch(first).fetch(second).run()) {
        assertEquals(Tensors.toNdArray(result.get(0)), Tensors.toNdArray(result.get(1)));
      }
    }
  }

  @Test
  void opsAreScopedByModelAndLayer() {
    Sequential model = new Sequential("m", Shape.of(3), new Dense(2));
    model.build(tf, variables, () -> 7);
    Operand<TFloat32> y =
        apply(model, tf.constant(new float[][] {{1, -2, 3}}), Pass.inference(tf, Pass.Form.EXACT));
    assertTrue(y.op().name().startsWith("m/dense/"), y.op().name());
  }

  /**
   * Keras computes the loss from the input of the sigmoid, since a linear layer returns its own.
   */
  @Test
  void logitsAreBeforeTheLastFunctionThatIsNotLinear() {
    Sequential model =
        new Sequential(
            "m", Shape.of(1), new Activation(Activation.Function.SIGMOID), Activation.LINEAR);
    Operand<TFloat32> x = tf.constant(new float[][] {{2}});
    Application applied = model.apply(Pass.inference(tf, Pass.Form.EXACT), path -> null, x);
    assertEquals(x.asOutput(), applied.logits().asOutput());
  }

  private Operand<TFloat32> apply(Sequential model, Operand<TFloat32> x, Pass pass) {
    return model.apply(pass, path -> variables.getFloat(path).read(tf), x).output();
  }

  private long count(String opType) {
    return graph.toGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals(opType))
        .count();
  }
}

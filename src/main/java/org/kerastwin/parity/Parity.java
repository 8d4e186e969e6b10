package org.kerastwin.parity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.graph.Tensors;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.ExpectedTensor;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.compare.Tolerance;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.ReferenceFile;
import org.kerastwin.parity.report.TextReport;
import org.kerastwin.parity.stages.AdamStage;
import org.kerastwin.parity.stages.LossStage;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Compares the graph of any TensorFlow-Java program with Keras. The reference comes from {@code
 * python tools/export_reference.py --model M.keras --samples 0 --output REF.npz}; its layers have
 * Keras's default names, such as {@code conv2d_1}.
 *
 * <pre>{@code
 * Parity parity = Parity.against(Path.of("REF.npz"));
 * Report report = parity.feed(images).compare("conv2d", first).compare("dense", last).run(session);
 * Parity.assertSame(report);
 * }</pre>
 *
 * <p>First set the weights of the graph to {@link #weights}. List the comparisons in the order of
 * the layers: the first difference is then the first wrong layer.
 */
public final class Parity {
  /** Feeds a placeholder with the gradient of the output that gradients are computed for. */
  public static final String OUTPUT_GRADIENT = "gradient/output";

  /** Feeds a placeholder {@code [7, 1]} with the logits of the losses. */
  public static final String LOGITS = "loss/logits";

  private static final String ADAM = "adam/";

  private final Reference reference;
  private final Map<Operand<TFloat32>, NdArray> feeds = new LinkedHashMap<>();
  private final Map<TensorKey, Operand<TFloat32>> compared = new LinkedHashMap<>();
  private final Map<TensorKey, Tolerance> tolerances = new HashMap<>();

  private Parity(Reference reference) {
    this.reference = reference;
  }

  /**
   * Reads a reference.
   *
   * @throws EnvironmentException if it is missing, damaged or not of a model
   */
  public static Parity against(Path reference) {
    Reference read = ReferenceFile.read(reference);
    if (!read.meta().isModel()) {
      throw new EnvironmentException(
          Problem.with("reference", reference)
              .expected("a reference of a model from a file")
              .received(read.meta().variant())
              .advice("Make one with tools/export_reference.py --model."));
    }
    return new Parity(read);
  }

  /**
   * The weights of the model by path, such as {@code model/conv2d_1/kernel}, in Keras's layouts.
   *
   * @throws EnvironmentException if the reference holds samples of them only
   */
  public Map<String, NdArray> weights() {
    Map<String, NdArray> weights = new LinkedHashMap<>();
    reference
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (key.stage() == Stage.WEIGHTS) {
                if (tensor.values().length != NdArray.elements(tensor.shape())) {
                  throw new EnvironmentException(
                      Problem.with("reference", reference.where())
                          .expected("whole weights")
                          .received("samples of " + key.name())
                          .advice("Make the reference with --samples 0."));
                }
                weights.put(key.name(), NdArray.ofFloats(tensor.values(), tensor.shape()));
              }
            });
    return weights;
  }

  /** Feeds a placeholder with the input of the model, random {@code [batch, …]}. */
  public Parity feed(Operand<TFloat32> placeholder) {
    feeds.put(placeholder, random("input", placeholder));
    return this;
  }

  /**
   * Feeds a placeholder with {@link #OUTPUT_GRADIENT}, {@link #LOGITS} or, for one update of
   * Keras's {@code Adam(2e-4, beta_1=0.5)}, {@code [509]} numbers: {@code adam/1/gradient} for the
   * first update, and {@code adam/1000/gradient}, {@code adam/1000/momentum} and {@code
   * adam/1000/velocity} for the thousandth. Compare {@code adam/1/momentum}, {@code
   * adam/1/velocity} and {@code adam/1/update}, which is subtracted from the weight.
   */
  public Parity feed(String name, Operand<TFloat32> placeholder) {
    feeds.put(placeholder, input(name, placeholder));
    return this;
  }

  private NdArray input(String name, Operand<TFloat32> placeholder) {
    if (name.startsWith(ADAM)) {
      return AdamStage.input(
          new NamedRandom(reference.meta().seed()), name.substring(ADAM.length()));
    }
    return name.equals(LOGITS) ? LossStage.logits() : random(name, placeholder);
  }

  /** The random numbers of the exporter. The placeholder's shape may leave the batch open. */
  private NdArray random(String name, Operand<TFloat32> placeholder) {
    List<Integer> shape = new ArrayList<>(List.of(reference.meta().batch()));
    shape.addAll(Tensors.dimensions(placeholder.shape().tail()));
    return new NamedRandom(reference.meta().seed()).noise(name, shape);
  }

  /**
   * Compares the output of a layer in inference mode.
   *
   * @throws EnvironmentException if the reference has no such layer
   */
  public Parity compare(String layer, Operand<TFloat32> output) {
    return compare(new TensorKey(Stage.INFERENCE, layer), output);
  }

  /**
   * Compares any tensor, such as {@code gradient/model/conv2d/kernel}.
   *
   * @throws EnvironmentException if the reference lacks it
   */
  public Parity compare(TensorKey key, Operand<TFloat32> tensor) {
    if (!reference.tensors().containsKey(key)) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the tensor " + key)
              .received(reference.tensors().keySet()));
    }
    put(key, tensor);
    return this;
  }

  /**
   * Compares a tensor with a tolerance of another kind than that of its stage, such as {@link
   * Tolerance#GPU_FORWARD}, or {@link Tolerance#ADAM} for moments computed by another formula.
   */
  public Parity compare(TensorKey key, Operand<TFloat32> tensor, Tolerance tolerance) {
    tolerances.put(key, tolerance);
    return compare(key, tensor);
  }

  /**
   * Compares the tensors named in a properties file, one line each: {@code inference/conv2d_1 =
   * name/of/the/op}, where a tolerance may follow: {@code name/of/the/op GPU_FORWARD}.
   *
   * @throws EnvironmentException if it cannot be read, or names unknown tensors or ops
   */
  public Parity compareAll(Path names, Graph graph) {
    NamesFile.read(names, reference)
        .forEach(
            (key, line) -> {
              put(key, line.output(graph, names));
              line.tolerance().ifPresent(tolerance -> tolerances.put(key, tolerance));
            });
    return this;
  }

  /**
   * Fetches a copy. With oneDNN, a default session fuses a convolution, its bias and a LeakyReLU
   * even if the sum between them is fetched, and then can't find it.
   */
  private void put(TensorKey key, Operand<TFloat32> tensor) {
    compared.put(key, Ops.create(tensor.op().env()).identity(tensor));
  }

  /** Runs the graph once and compares everything. */
  public Report run(Session session) {
    Session.Runner runner = session.runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      feeds.forEach(
          (placeholder, values) -> {
            Tensor tensor = Tensors.of(values);
            fed.add(tensor);
            runner.feed(placeholder, tensor);
          });
      compared.values().forEach(runner::fetch);
      List<TensorComparison> comparisons = new ArrayList<>();
      try (Result result = runner.run()) {
        int index = 0;
        for (TensorKey key : compared.keySet()) {
          comparisons.add(comparison(key, Tensors.toNdArray(result.get(index++))));
        }
      }
      return new Report(List.of(reference.describe()), comparisons, List.of());
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private TensorComparison comparison(TensorKey key, NdArray ours) {
    ExpectedTensor expected = reference.tensors().get(key);
    if (!ours.shape().equals(expected.shape())) {
      return TensorComparison.misshapen(
          reference.meta().variant(), key, expected.shape(), ours.shape());
    }
    TensorComparison comparison = reference.compare(key, ours);
    return comparison.within(tolerances.getOrDefault(key, comparison.tolerance()));
  }

  /**
   * Fails a test if anything differs.
   *
   * @throws AssertionError with the report as text
   */
  public static void assertSame(Report report) {
    if (report.firstDifference().isPresent()) {
      throw new AssertionError(String.join("\n", TextReport.lines(report)));
    }
  }
}

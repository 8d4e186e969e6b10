package org.kerastwin.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.kerastwin.graph.Tensors;
import org.kerastwin.graph.Variables;
import org.kerastwin.image.PixelRange;
import org.kerastwin.layers.InitialValues;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.layers.ShapeException;
import org.kerastwin.layers.UpsampledConvolution;
import org.kerastwin.weights.TensorType;
import org.kerastwin.weights.VariablePaths;
import org.kerastwin.weights.WeightSpec;
import org.kerastwin.weights.WeightTypes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A named sequence of layers with matching shapes. It belongs to no graph: {@link #build} creates
 * its variables in a graph, and {@link #apply} adds its computation any number of times.
 */
public final class Sequential {
  private final String name;
  private final Shape inputShape;
  private final List<LayerNode> nodes;

  /**
   * Chains layers, names them and checks their shapes.
   *
   * @param name the model's name, the first part of the paths of its weights
   * @param inputShape shape of a sample
   * @param layers the layers in order
   * @throws ShapeException naming the first layer whose input shape does not fit
   */
  public Sequential(String name, Shape inputShape, Layer... layers) {
    this(name, inputShape, Arrays.stream(layers).map(NamedLayer::of).toList());
  }

  /**
   * The same for layers with names of their own.
   *
   * @param layers the layers in order
   */
  public Sequential(String name, Shape inputShape, List<NamedLayer> layers) {
    this.name = name;
    this.inputShape = inputShape;
    List<LayerNode> chained = new ArrayList<>();
    LayerNames names = new LayerNames();
    Shape shape = inputShape;
    for (NamedLayer named : layers) {
      String counted = names.counted(named);
      String own = names.own(named, counted);
      Shape output;
      try {
        output = named.layer().outputShape(shape);
      } catch (ShapeException misfit) {
        throw misfit.in(own);
      }
      chained.add(
          new LayerNode(
              counted,
              own,
              named.layer(),
              named.trainable(),
              named.replacedInitializers(shape),
              shape,
              output));
      shape = output;
    }
    this.nodes = List.copyOf(chained);
  }

  /** The model's name. */
  public String name() {
    return name;
  }

  /** Shape of an input sample. */
  public Shape inputShape() {
    return inputShape;
  }

  /** Shape of an output sample. */
  public Shape outputShape() {
    return nodes.isEmpty() ? inputShape : nodes.get(nodes.size() - 1).output();
  }

  /** The range of the pixels that it gives as a generator. */
  public PixelRange pixelRange() {
    return OutputRange.of(this);
  }

  /** The layers in order. */
  public List<LayerNode> nodes() {
    return nodes;
  }

  /** The layers in order, each with its name and whether it is trained. */
  public List<NamedLayer> layers() {
    return nodes.stream().map(LayerNode::named).toList();
  }

  /** Whether another model has the same layers, whatever their names are. */
  public boolean hasLayersOf(Sequential other) {
    return inputShape.equals(other.inputShape)
        && nodes.stream()
            .map(LayerNode::layer)
            .toList()
            .equals(other.nodes.stream().map(LayerNode::layer).toList());
  }

  /** The layers with weights that training does not change. */
  public List<LayerNode> frozen() {
    return nodes.stream().filter(node -> !node.trainable() && !node.weights().isEmpty()).toList();
  }

  /** Whether training would change no weight, as Keras leaves a discriminator in a GAN. */
  public boolean isFrozen() {
    return !frozen().isEmpty() && weights().values().stream().noneMatch(WeightSpec::trainable);
  }

  /** The same model with all layers trained. */
  public Sequential thawed() {
    return new Sequential(name, inputShape, layers().stream().map(NamedLayer::thawed).toList());
  }

  /** The weights by path ({@code model/layer/weight}), in Keras's order. */
  public Map<String, WeightSpec> weights() {
    Map<String, WeightSpec> weights = new LinkedHashMap<>();
    nodes.forEach(
        node -> node.weights().forEach(weight -> weights.put(path(node, weight.name()), weight)));
    return weights;
  }

  /** The types and shapes that a file of its weights must have. */
  public WeightTypes types() {
    Map<String, TensorType> types = new LinkedHashMap<>();
    weights().forEach((path, weight) -> types.put(path, weight.type()));
    return new WeightTypes(types);
  }

  /** The path of a layer's weight. */
  public String path(LayerNode node, String weight) {
    return VariablePaths.weight(path(node), weight);
  }

  /** The path of a layer. */
  String path(LayerNode node) {
    return VariablePaths.layer(name, node.name());
  }

  /**
   * Creates the model's variables; call once per graph.
   *
   * @param tf computes their initial values
   * @param variables receives them
   * @param seeds a seed for each random initializer and each random layer, in the order of the
   *     layers
   */
  public void build(Ops tf, Variables variables, IntSupplier seeds) {
    for (LayerNode node : nodes) {
      for (WeightSpec weight : node.weights()) {
        variables.create(
            path(node, weight.name()),
            Tensors.shape(weight.shape()),
            InitialValues.of(tf, weight, seeds));
      }
      if (node.layer().isRandom()) {
        long seed = node.layer().seed().orElseGet(seeds);
        variables.create(
            VariablePaths.seed(path(node)),
            TInt64.class,
            Shape.of(2),
            tf.constant(new long[] {seed, 0}));
      }
    }
  }

  /**
   * Adds the model's computation to a graph. Adds no variables. The last layer computes in float32,
   * whatever the precision.
   *
   * @param pass how it is applied
   * @param weights gives the weight of a path, such as a read of its variable
   * @param x the input, {@code [batch, …]}
   */
  public Application apply(
      Pass pass, Function<String, Operand<TFloat32>> weights, Operand<TFloat32> x) {
    return Application.of(this, pass, weights, x);
  }

  /** The precision of a layer: the last one computes in float32. */
  public Precision precision(LayerNode node, Precision ofModel) {
    return node.equals(nodes.get(nodes.size() - 1)) ? Precision.FLOAT32 : ofModel;
  }

  /** Whether a form fuses a layer with the next one, so that the layer has no output of its own. */
  public boolean isFused(Pass.Form form, String layer) {
    return IntStream.range(0, nodes.size())
        .anyMatch(i -> nodes.get(i).name().equals(layer) && fused(form, i).isPresent());
  }

  /** The layer with this index and the next one as a single computation, if the form fuses them. */
  Optional<UpsampledConvolution> fused(Pass.Form form, int index) {
    return form == Pass.Form.FAST && index + 1 < nodes.size()
        ? UpsampledConvolution.of(nodes.get(index).layer(), nodes.get(index + 1).layer())
        : Optional.empty();
  }
}

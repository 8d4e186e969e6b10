package org.kerastwin.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Affine;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.layers.Layer;
import org.kerastwin.layers.Reshape;
import org.kerastwin.layers.UpSampling2D;
import org.kerastwin.layers.WeightSpec;
import org.kerastwin.weights.WeightMap;

/**
 * A model without batch normalization that in inference gives what another gives with it, up to
 * rounding. Where only a linear layer is before the normalization (through reshaping and
 * upsampling, which keep the channels apart), it goes into that layer's kernel and bias; elsewhere,
 * as behind a leaky ReLU, an {@link Affine} stands in its place. It can't go into a convolution
 * that follows: the offset would have to stop at the borders, which are padded with zeros.
 *
 * @param model the layers, named as before
 * @param weights their values, by path
 */
public record FoldedModel(Sequential model, WeightMap weights) {
  /** A layer and its weights by name. */
  private record Part(Layer layer, Map<String, NdArray> weights) {
    boolean keepsChannelsApart() {
      return layer instanceof Reshape || layer instanceof UpSampling2D;
    }
  }

  /**
   * Folds all batch normalizations of a model.
   *
   * @param weights the model's, by path
   */
  public static FoldedModel of(Sequential model, WeightMap weights) {
    List<Part> parts = new ArrayList<>();
    for (Sequential.Node node : model.nodes()) {
      Map<String, NdArray> own =
          node.weights().stream()
              .map(WeightSpec::name)
              .collect(
                  Collectors.toMap(
                      Function.identity(), name -> weights.get(model.path(node, name))));
      if (node.layer() instanceof BatchNormalization norm) {
        fold(new AffineMap(norm, own), parts);
      } else {
        parts.add(new Part(node.layer(), own));
      }
    }
    return joined(model, parts);
  }

  /** The layers alone. */
  public static Sequential of(Sequential model) {
    return of(model, InferenceSession.template(model)).model();
  }

  private static void fold(AffineMap map, List<Part> before) {
    int last = before.size() - 1;
    while (last >= 0 && before.get(last).keepsChannelsApart()) {
      last--;
    }
    if (last >= 0 && map.fitsInto(before.get(last).layer())) {
      Part linear = before.get(last);
      before.set(last, new Part(linear.layer(), map.after(linear.layer(), linear.weights())));
    } else {
      before.add(new Part(new Affine(), map.weights()));
    }
  }

  private static FoldedModel joined(Sequential original, List<Part> parts) {
    Layer[] layers = parts.stream().map(Part::layer).toArray(Layer[]::new);
    Sequential model = new Sequential(original.name(), original.inputShape(), layers);
    Map<String, NdArray> weights = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Sequential.Node node = model.nodes().get(i);
      Map<String, NdArray> own = parts.get(i).weights();
      node.weights()
          .forEach(weight -> weights.put(model.path(node, weight.name()), own.get(weight.name())));
    }
    return new FoldedModel(model, new WeightMap(weights));
  }
}

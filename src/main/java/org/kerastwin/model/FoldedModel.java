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
import org.kerastwin.weights.WeightMap;
import org.kerastwin.weights.WeightSpec;

/**
 * A model whose batch normalizations are folded into other layers. In inference mode it gives the
 * same output up to rounding. A normalization that directly follows a linear layer (reshaping and
 * upsampling between them do not matter) goes into that layer's kernel and bias. Elsewhere, such as
 * after a leaky ReLU, an {@link Affine} replaces it. Folding into the next convolution is
 * impossible: the offset would also apply to the zeros at the padded borders.
 *
 * @param model the layers, named as before
 * @param weights their values, by path
 */
public record FoldedModel(Sequential model, WeightMap weights) {
  /**
   * Folds all batch normalizations of a model.
   *
   * @param weights the weights of the model, by path
   */
  public static FoldedModel of(Sequential model, WeightMap weights) {
    List<NamedLayer> layers = new ArrayList<>();
    List<Map<String, NdArray>> values = new ArrayList<>();
    for (LayerNode node : model.nodes()) {
      Map<String, NdArray> own =
          node.weights().stream()
              .map(WeightSpec::name)
              .collect(
                  Collectors.toMap(
                      Function.identity(), name -> weights.get(model.path(node, name))));
      int place = place(node, layers);
      if (node.layer() instanceof BatchNormalization norm) {
        AffineMap map = new AffineMap(norm, own);
        if (place < values.size()) {
          values.set(place, map.after(layers.get(place).layer(), values.get(place)));
        } else {
          values.add(map.weights());
        }
      } else {
        values.add(own);
      }
    }
    return joined(of(model, layers), values);
  }

  /** Folds only the layers, without weights. */
  public static Sequential of(Sequential model) {
    List<NamedLayer> layers = new ArrayList<>();
    model.nodes().forEach(node -> place(node, layers));
    return of(model, layers);
  }

  private static Sequential of(Sequential original, List<NamedLayer> layers) {
    return new Sequential(original.name(), original.inputShape(), layers);
  }

  /**
   * Adds a layer unless it is a normalization that folds into an earlier one; returns the index of
   * the layer that holds its values.
   */
  private static int place(LayerNode node, List<NamedLayer> layers) {
    if (!(node.layer() instanceof BatchNormalization)) {
      layers.add(node.named());
      return layers.size() - 1;
    }
    int last = layers.size() - 1;
    while (last >= 0 && keepsChannelsApart(layers.get(last).layer())) {
      last--;
    }
    long channels = node.input().get(node.input().numDimensions() - 1);
    if (last >= 0 && AffineMap.fitsInto(layers.get(last).layer(), channels)) {
      return last;
    }
    layers.add(node.named().with(new Affine()));
    return layers.size() - 1;
  }

  private static boolean keepsChannelsApart(Layer layer) {
    return layer instanceof Reshape || layer instanceof UpSampling2D;
  }

  private static FoldedModel joined(Sequential model, List<Map<String, NdArray>> values) {
    Map<String, NdArray> weights = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      LayerNode node = model.nodes().get(i);
      Map<String, NdArray> own = values.get(i);
      node.weights()
          .forEach(weight -> weights.put(model.path(node, weight.name()), own.get(weight.name())));
    }
    return new FoldedModel(model, new WeightMap(weights));
  }
}

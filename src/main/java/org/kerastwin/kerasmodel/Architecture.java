package org.kerastwin.kerasmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kerastwin.EnvironmentException;
import org.kerastwin.layers.Affine;
import org.kerastwin.layers.BatchNormalization;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.model.Sequential;

/**
 * The layers of a model in JSON, stored in a SavedModel: Keras's description, and whether batch
 * normalizations are folded. Keras has no affine layer, so a folded model is described with batch
 * normalizations instead of affine layers; folding them restores the model.
 */
public final class Architecture {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODEL = "model";
  private static final String FOLDED = "folded";

  /** Stands for an affine layer; folding replaces it, so its arguments have no effect. */
  private static final BatchNormalization PLACEHOLDER = new BatchNormalization(0.99, 1e-3);

  private Architecture() {}

  /** Describes a model. */
  public static String of(Sequential model) {
    boolean folded = !KerasDescription.describes(model);
    ObjectNode json = JSON.createObjectNode().put(FOLDED, folded);
    json.set(MODEL, KerasDescription.json(folded ? unfolded(model) : model));
    return json.toPrettyString() + "\n";
  }

  private static Sequential unfolded(Sequential model) {
    return new Sequential(
        model.name(),
        model.inputShape(),
        model.layers().stream()
            .map(named -> named.layer() instanceof Affine ? named.with(PLACEHOLDER) : named)
            .toList());
  }

  /**
   * Reads a description.
   *
   * @param where the file, for messages
   * @throws EnvironmentException if it is not a description of layers that this program has
   */
  public static Sequential read(String json, Object where) {
    JsonNode architecture = KerasConfig.parse(json, where);
    JsonNode description = architecture.path(MODEL);
    boolean isDiscriminator =
        description.path("config").path("name").asText().equals(Dcgan.DISCRIMINATOR);
    Sequential model =
        KerasConfig.sequential(
            description.toString(), isDiscriminator ? Dcgan.DISCRIMINATOR : Dcgan.GENERATOR, where);
    return architecture.path(FOLDED).asBoolean() ? FoldedModel.of(model) : model;
  }
}

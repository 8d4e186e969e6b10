package org.kerastwin.parity.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a verification, in the order in which an error propagates. */
public enum Stage {
  /** Keras's initial weights for a seed. */
  INITIAL("initial weights"),
  /** The weights that the later stages use. */
  WEIGHTS("weights"),
  /** Each layer alone, with a random input. */
  LAYER("layer alone"),
  /** The chain of layers in inference mode. */
  INFERENCE("inference"),
  /** The chain of layers in training mode. */
  TRAINING("training forward"),
  /** Binary cross-entropy of given logits, and its gradient. */
  LOSS("loss"),
  /** The gradient of every variable. */
  GRADIENT("gradient"),
  /** The moving statistics of batch normalization after one batch. */
  MOVING("moving statistics"),
  /** One Adam update with given gradients and moments. */
  ADAM("Adam"),
  /** Whole GAN steps from one seed. */
  TRAJECTORY("trajectory"),
  /** The model, written to Keras's file formats and read back. */
  FILES("files"),
  /** The state of a training: its optimizers, and the rest of a run folder. */
  STATE("training state"),
  /** The network, exported as a SavedModel and loaded back. */
  SAVEDMODEL("SavedModel"),
  /** The picture of a grid of images. */
  GRID("image grid");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** The first part of the keys of its tensors, such as {@code layer}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in reports. */
  public String title() {
    return title;
  }

  /** The stage with this {@link #id}. */
  static Optional<Stage> of(String id) {
    return Arrays.stream(values()).filter(stage -> stage.id().equals(id)).findFirst();
  }
}

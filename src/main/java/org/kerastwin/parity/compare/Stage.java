package org.kerastwin.parity.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of the comparison, in the order in which a difference would spread. */
public enum Stage {
  /** Keras's initial weights for a seed. */
  INITIAL("initial weights"),
  /** The weights that the later stages use. */
  WEIGHTS("weights"),
  /** Each layer alone, fed a drawn input. */
  LAYER("layer alone"),
  /** The chain of layers in inference mode. */
  INFERENCE("inference"),
  /** The chain of layers in training mode. */
  TRAINING("training forward"),
  /** Binary cross-entropy and its gradient by made logits. */
  LOSS("loss"),
  /** The gradient of every variable. */
  GRADIENT("gradient"),
  /** Moving statistics of batch normalization after a batch. */
  MOVING("moving statistics"),
  /** One update by Adam of made gradients and moments. */
  ADAM("Adam"),
  /** Whole GAN steps from one seed. */
  TRAJECTORY("trajectory"),
  /** The model written to Keras's files and read again. */
  FILES("files"),
  /** The state of a training: its optimizers, and what a run folder says of it. */
  STATE("training state"),
  /** The network written as a SavedModel and loaded again. */
  SAVEDMODEL("SavedModel"),
  /** The picture of a grid of images. */
  GRID("image grid");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** The first part of its tensors' keys, such as {@code layer}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a user reads. */
  public String title() {
    return title;
  }

  /** The stage of that {@link #id}. */
  static Optional<Stage> of(String id) {
    return Arrays.stream(values()).filter(stage -> stage.id().equals(id)).findFirst();
  }
}

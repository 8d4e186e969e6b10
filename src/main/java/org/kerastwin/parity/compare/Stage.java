package org.kerastwin.parity.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a verification, in the order in which an error propagates. */
public enum Stage {
  /** The settings of the notebook, compared with the defaults of {@code train}. */
  SETTINGS("notebook settings", "a default that is not the value in the notebook"),
  /** Pixels scaled to [-1, 1]. */
  DATA("pixels", "another scaling of pixels"),
  /** The images and noise drawn for the first batches. */
  DRAWS("random draws", "random numbers drawn in another order or amount"),
  /** Keras's initial weights for a seed. */
  INITIAL("initial weights", "another initializer, or seeds drawn in another order"),
  /** The weights that the later stages use. */
  WEIGHTS("weights", "weights in another order or layout"),
  /** Each layer alone, with a random input. */
  LAYER(
      "layer alone",
      "the arithmetic of this layer: padding, stride, epsilon, slope or kernel layout"),
  /** Layers of every kind, one at a time, with their gradients. */
  EVERY_LAYER("every layer", "the arithmetic of this kind of layer, or its gradient"),
  /** The chain of layers in inference mode. */
  INFERENCE("inference", "a wrong order of layers, or batch normalization in training mode"),
  /** The chain of layers in training mode. */
  TRAINING("training forward", "batch normalization that does not use the statistics of the batch"),
  /** Binary cross-entropy of given logits, and its gradient. */
  LOSS("loss", "a loss of clipped probabilities instead of logits, or another label"),
  /** The gradient of every variable. */
  GRADIENT("gradient", "a wrong gradient in this layer or the next one"),
  /** The moving statistics of batch normalization after one batch. */
  MOVING("moving statistics", "another momentum, or a variance divided by N - 1"),
  /** One Adam update with given gradients and moments. */
  ADAM("Adam", "another epsilon, beta or bias correction"),
  /** Whole GAN steps from one seed. */
  TRAJECTORY(
      "trajectory", "updates in another order, other labels, or weights that should be frozen"),
  /** The picture of a grid of images. */
  GRID("image grid", "another scaling or arrangement of the images"),
  /** A short run with its epochs and history. */
  LOOP("training loop", "another number of steps per epoch, or another number format"),
  /** The same run, stopped and resumed, compared with the uninterrupted one. */
  RESUME("resume", "a checkpoint that lacks or mixes up part of the state"),
  /** Model files: written and read back, or written by Keras. */
  FILES("files", "variables in another order or layout"),
  /** The training state: optimizers, and the rest of a run folder. */
  STATE("training state", "a damaged checkpoint, or files of different runs in one folder"),
  /** The network, exported as a SavedModel and loaded back. */
  SAVEDMODEL("SavedModel", "an export of other weights or another graph");

  private final String title;
  private final String usualCause;

  Stage(String title, String usualCause) {
    this.title = title;
    this.usualCause = usualCause;
  }

  /** The first part of the keys of its tensors, such as {@code layer}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in reports. */
  public String title() {
    return title;
  }

  /** The usual cause if the first difference is in this stage. */
  public String usualCause() {
    return usualCause;
  }

  /** The stage with this {@link #id}. */
  static Optional<Stage> of(String id) {
    return Arrays.stream(values()).filter(stage -> stage.id().equals(id)).findFirst();
  }
}

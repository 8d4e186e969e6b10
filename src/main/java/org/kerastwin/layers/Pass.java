package org.kerastwin.layers;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * How layers are applied to an input: the arguments of Keras's {@code call}, and where the ops go.
 *
 * @param tf where the ops go
 * @param mode training or inference
 * @param form Keras's own ops, or faster ones
 * @param precision the precision of the arithmetic
 * @param movingAverage how moving statistics follow the batches; used only in training
 * @param seeds the seeds of random layers; used only in training
 */
public record Pass(
    Ops tf, Mode mode, Form form, Precision precision, MovingAverage movingAverage, Seeds seeds) {
  /** The purpose of an application. */
  public enum Mode {
    /** Batch statistics, new values for the moving ones, dropout; the batch's size is static. */
    TRAINING,
    /**
     * Training of earlier layers through these, which are not trainable: moving statistics with
     * dropout. Keras: {@code trainable = False}.
     */
    FROZEN,
    /** Moving statistics without dropout. */
    INFERENCE
  }

  /** Forms of the graph that are algebraically equal. */
  public enum Form {
    /**
     * Keras's own sequence of ops: equal to Keras bit for bit. The exception is {@link
     * UpSampling2D} in inference: one op that other runtimes support gives the same bits as Keras's
     * six.
     */
    EXACT,
    /** Fewer multiplications where layers can be joined: equal to Keras up to rounding. */
    FAST;

    /** The name on the command line and in settings. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The seeds of random layers. */
  @FunctionalInterface
  public interface Seeds {
    /** For models without random layers. */
    Seeds NONE =
        layer -> {
          throw new IllegalStateException("no seed is given for " + layer);
        };

    /**
     * The seed and the number of draws so far, {@code [2]}.
     *
     * @param layer the path of the random layer
     */
    Operand<TInt64> state(String layer);
  }

  /** An application for inference, in float32. */
  public static Pass inference(Ops tf, Form form) {
    return new Pass(tf, Mode.INFERENCE, form, Precision.FLOAT32, MovingAverage.KERAS, Seeds.NONE);
  }

  /** An application for training, in float32. */
  public static Pass training(Ops tf, Form form, MovingAverage movingAverage) {
    return new Pass(tf, Mode.TRAINING, form, Precision.FLOAT32, movingAverage, Seeds.NONE);
  }

  /** An application for training only the layers before these. */
  public static Pass frozen(Ops tf, Form form) {
    return new Pass(tf, Mode.FROZEN, form, Precision.FLOAT32, MovingAverage.KERAS, Seeds.NONE);
  }

  /** Whether gradients will be needed. */
  public boolean isTraining() {
    return mode != Mode.INFERENCE;
  }

  /** Whether batches are normalized by their own statistics. */
  public boolean takesBatchStatistics() {
    return mode == Mode.TRAINING;
  }

  /** The same in a sub-scope. */
  public Pass in(String scope) {
    return new Pass(tf.withSubScope(scope), mode, form, precision, movingAverage, seeds);
  }

  /** The seed of the layer that is applied. */
  Operand<TInt64> seed() {
    return seeds.state("this layer");
  }

  /** The same with other seeds. */
  public Pass with(Seeds others) {
    return new Pass(tf, mode, form, precision, movingAverage, others);
  }

  /** The same for a layer that may not be trainable. */
  public Pass of(boolean trainable) {
    Mode own = mode == Mode.TRAINING && !trainable ? Mode.FROZEN : mode;
    return new Pass(tf, own, form, precision, movingAverage, seeds);
  }

  /** The same in another precision. */
  public Pass with(Precision other) {
    return new Pass(tf, mode, form, other, movingAverage, seeds);
  }
}

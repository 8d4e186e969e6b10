package org.kerastwin.layers;

import java.util.Locale;
import org.tensorflow.op.Ops;

/**
 * One application of layers to an input.
 *
 * @param tf where the ops go
 * @param mode training or inference
 * @param form Keras's own ops, or faster ones
 * @param movingAverage how moving statistics follow the batches; read in training alone
 */
public record Pass(Ops tf, Mode mode, Form form, MovingAverage movingAverage) {
  /** What the application is for. */
  public enum Mode {
    /** Batch statistics, and new values for the moving ones; the batch's size is static. */
    TRAINING,
    /** Moving statistics. */
    INFERENCE
  }

  /** Which of two algebraically equal graphs is made. */
  public enum Form {
    /**
     * Keras's own sequence of ops: equal to Keras bit for bit. But for {@link UpSampling2D} in
     * inference, one op that has the bits of Keras's six and that other runtimes know.
     */
    EXACT,
    /** Fewer multiplications where layers can be joined: equal to Keras up to rounding. */
    FAST;

    /** The name at the command line and in settings. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An application for inference. */
  public static Pass inference(Ops tf, Form form) {
    return new Pass(tf, Mode.INFERENCE, form, MovingAverage.KERAS);
  }

  /** An application for training. */
  public static Pass training(Ops tf, Form form, MovingAverage movingAverage) {
    return new Pass(tf, Mode.TRAINING, form, movingAverage);
  }

  /** Whether this is an application for training. */
  public boolean isTraining() {
    return mode == Mode.TRAINING;
  }

  /** The same with the ops of a sub-scope. */
  public Pass in(String scope) {
    return new Pass(tf.withSubScope(scope), mode, form, movingAverage);
  }
}

package org.kerastwin.parity.stages;

import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.Activation;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.training.BinaryCrossentropy;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * The loss of given logits and its gradient, and their sigmoid. One of the logits is large enough
 * to reveal clipping; some are so negative that their sigmoids are negligible beside those of the
 * others.
 */
public final class LossStage {
  private static final double[] LABELS = {0.0, 0.9, 1.0};
  private static final float[] LOGITS = {-12, -5, -0.5f, 0, 0.5f, 5, 20};

  /** With probabilities clipped to {@code 1 - 1e-7}, its loss for label 0 would be 15.9, not 20. */
  private static final float[] CLIPPING = {20};

  /** Their sigmoids are far below those of the other logits, which would hide their errors. */
  private static final float[] TAIL = {-16, -20, -30, -60};

  private LossStage() {}

  /** The logits of the losses, {@code [7, 1]}. */
  public static NdArray logits() {
    return column(LOGITS);
  }

  private static NdArray column(float[] logits) {
    return NdArray.ofFloats(logits, List.of(logits.length, 1));
  }

  /** Computes the losses, their gradients and the sigmoid. */
  static Map<TensorKey, NdArray> compute(Implementation ours) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      FeedsAndFetches probe = new FeedsAndFetches();
      for (double label : LABELS) {
        add(tf, probe, ours.loss(), "label_" + label, LOGITS, label);
      }
      add(tf, probe, ours.loss(), "clipping", CLIPPING, 0);
      add(tf, probe, ours.loss(), "tail", TAIL, 0);
      probe.fetch(
          Stage.LOSS,
          "sigmoid",
          Activation.Function.SIGMOID.apply(tf, probe.feed(tf, column(TAIL))));
      try (GraphSession session = new GraphSession(graph, new Variables(tf), ours.session())) {
        return probe.run(session);
      }
    }
  }

  private static void add(
      Ops tf,
      FeedsAndFetches probe,
      Implementation.Loss loss,
      String name,
      float[] logits,
      double label) {
    BinaryCrossentropy result = loss.of(tf, probe.feed(tf, column(logits)), label);
    probe.fetch(Stage.LOSS, name, result.loss());
    probe.fetch(Stage.LOSS, name + ".by_logits", result.gradient());
  }
}

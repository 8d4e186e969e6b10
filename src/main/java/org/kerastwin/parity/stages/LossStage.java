package org.kerastwin.parity.stages;

import java.util.List;
import java.util.Map;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.training.BinaryCrossentropy;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * The loss of given logits and its gradient. One of the logits is large enough to reveal clipping.
 */
public final class LossStage {
  private static final double[] LABELS = {0.0, 0.9, 1.0};
  private static final float[] LOGITS = {-12, -5, -0.5f, 0, 0.5f, 5, 20};

  /** With probabilities clipped to {@code 1 - 1e-7}, its loss for label 0 would be 15.9, not 20. */
  private static final float[] CLIPPING = {20};

  private LossStage() {}

  /** The logits of the losses, {@code [7, 1]}. */
  public static NdArray logits() {
    return NdArray.ofFloats(LOGITS, List.of(LOGITS.length, 1));
  }

  public static Map<TensorKey, NdArray> compute(Implementation ours) {
    try (Graph graph = NativeRuntime.graph()) {
      Ops tf = Ops.create(graph);
      FeedsAndFetches probe = new FeedsAndFetches();
      for (double label : LABELS) {
        add(tf, probe, ours.loss(), "label_" + label, LOGITS, label);
      }
      add(tf, probe, ours.loss(), "clipping", CLIPPING, 0);
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
    NdArray values = NdArray.ofFloats(logits, List.of(logits.length, 1));
    BinaryCrossentropy result = loss.of(tf, probe.feed(tf, values), label);
    probe.fetch(Stage.LOSS, name, result.loss());
    probe.fetch(Stage.LOSS, name + ".by_logits", result.dLogits());
  }
}

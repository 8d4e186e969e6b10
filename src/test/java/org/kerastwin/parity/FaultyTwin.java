package org.kerastwin.parity;

import java.util.function.UnaryOperator;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Sequential;
import org.kerastwin.training.GanSettings;

/** Ways to plant a fault in one part of our side. */
final class FaultyTwin {
  private FaultyTwin() {}

  /** Other layers. */
  static UnaryOperator<Twin> network(UnaryOperator<Sequential> change) {
    return twin ->
        new Twin(
            change.apply(twin.network()),
            twin.loss(),
            twin.adam(),
            twin.gan(),
            twin.step(),
            twin.device());
  }

  /** Another loss. */
  static UnaryOperator<Twin> loss(Twin.Loss other) {
    return twin ->
        new Twin(twin.network(), other, twin.adam(), twin.gan(), twin.step(), twin.device());
  }

  /** Another optimizer. */
  static UnaryOperator<Twin> adam(double beta2, double epsilon) {
    return twin -> {
      AdamSettings right = twin.adam();
      AdamSettings wrong = new AdamSettings(right.learningRate(), right.beta1(), beta2, epsilon);
      return new Twin(twin.network(), twin.loss(), wrong, twin.gan(), twin.step(), twin.device());
    };
  }

  /** Another label of real images. */
  static UnaryOperator<Twin> realLabel(double label) {
    return twin -> {
      GanSettings right = twin.gan();
      GanSettings wrong =
          new GanSettings(
              right.variant(),
              right.batchSize(),
              right.noiseDim(),
              right.adam(),
              label,
              right.statistics(),
              right.form());
      return new Twin(twin.network(), twin.loss(), twin.adam(), wrong, twin.step(), twin.device());
    };
  }

  /** Another step. */
  static UnaryOperator<Twin> step(Twin.Step other) {
    return twin ->
        new Twin(twin.network(), twin.loss(), twin.adam(), twin.gan(), other, twin.device());
  }
}

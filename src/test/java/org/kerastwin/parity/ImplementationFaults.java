package org.kerastwin.parity;

import java.util.function.UnaryOperator;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.training.GanSettings;

/** Ways to plant a fault in one part of our side. */
final class ImplementationFaults {
  private ImplementationFaults() {}

  /** Other layers. */
  static UnaryOperator<Implementation> network(UnaryOperator<Sequential> change) {
    return twin ->
        new Implementation(
            change.apply(twin.network()),
            twin.loss(),
            twin.adam(),
            twin.gan(),
            twin.step(),
            twin.device());
  }

  /** Another loss. */
  static UnaryOperator<Implementation> loss(Implementation.Loss other) {
    return twin ->
        new Implementation(
            twin.network(), other, twin.adam(), twin.gan(), twin.step(), twin.device());
  }

  /** Another optimizer. */
  static UnaryOperator<Implementation> adam(double beta2, double epsilon) {
    return twin -> {
      AdamSettings right = twin.adam();
      AdamSettings wrong = new AdamSettings(right.learningRate(), right.beta1(), beta2, epsilon);
      return new Implementation(
          twin.network(), twin.loss(), wrong, twin.gan(), twin.step(), twin.device());
    };
  }

  /** Another label of real images. */
  static UnaryOperator<Implementation> realLabel(double label) {
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
      return new Implementation(
          twin.network(), twin.loss(), twin.adam(), wrong, twin.step(), twin.device());
    };
  }

  /** Another step. */
  static UnaryOperator<Implementation> step(Implementation.Step other) {
    return twin ->
        new Implementation(
            twin.network(), twin.loss(), twin.adam(), twin.gan(), other, twin.device());
  }
}

package org.kerastwin.parity;

import java.util.function.UnaryOperator;
import org.kerastwin.keras.AdamSettings;
import org.kerastwin.model.Sequential;
import org.kerastwin.parity.stages.Implementation;
import org.kerastwin.training.GanSettings;

/** Plants a fault in one part of our implementation. */
final class ImplementationFaults {
  private ImplementationFaults() {}

  /** Other layers. */
  static UnaryOperator<Implementation> network(UnaryOperator<Sequential> change) {
    return ours ->
        new Implementation(
            change.apply(ours.network()),
            ours.loss(),
            ours.adam(),
            ours.gan(),
            ours.step(),
            ours.device());
  }

  /** Another loss. */
  static UnaryOperator<Implementation> loss(Implementation.Loss other) {
    return ours ->
        new Implementation(
            ours.network(), other, ours.adam(), ours.gan(), ours.step(), ours.device());
  }

  /** Another optimizer. */
  static UnaryOperator<Implementation> adam(double beta2, double epsilon) {
    return ours -> {
      AdamSettings right = ours.adam();
      AdamSettings wrong = new AdamSettings(right.learningRate(), right.beta1(), beta2, epsilon);
      return new Implementation(
          ours.network(), ours.loss(), wrong, ours.gan(), ours.step(), ours.device());
    };
  }

  /** Another label of real images. */
  static UnaryOperator<Implementation> realLabel(double label) {
    return ours -> {
      GanSettings right = ours.gan();
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
          ours.network(), ours.loss(), ours.adam(), wrong, ours.step(), ours.device());
    };
  }

  /** Another step. */
  static UnaryOperator<Implementation> step(Implementation.Step other) {
    return ours ->
        new Implementation(
            ours.network(), ours.loss(), ours.adam(), ours.gan(), other, ours.device());
  }
}

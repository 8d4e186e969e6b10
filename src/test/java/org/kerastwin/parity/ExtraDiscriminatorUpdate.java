package org.kerastwin.parity;

import java.util.List;
import org.kerastwin.graph.GraphRun;
import org.kerastwin.graph.GraphSession;
import org.kerastwin.graph.Tensors;
import org.kerastwin.graph.Variables;
import org.kerastwin.io.NdArray;
import org.kerastwin.layers.MovingAverage;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Application;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Sequential;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.training.Adam;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BinaryCrossentropy;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.Losses;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Plants the well-known fault of a wrong {@code trainable}: the generator step also updates the
 * discriminator, towards rating fakes as real. Simulates it by a fourth update with the Adam of the
 * discriminator, on fakes made in inference mode. Like the real fault, it moves the weights of the
 * discriminator by about the learning rate.
 */
final class ExtraDiscriminatorUpdate {
  private final Sequential discriminator = Dcgan.discriminator();

  Losses run(GanStep gan, Batch batch) {
    Losses losses = gan.step(batch).losses();
    GanSettings settings = gan.settings();
    NdArray noise =
        NdArray.ofFloats(batch.noise(), List.of(settings.batchSize(), settings.noiseDim()));
    gan.restore(update(gan.state(), settings, gan.generate(noise)));
    return losses;
  }

  private WeightMap update(WeightMap state, GanSettings settings, NdArray fakes) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      discriminator.build(tf, variables, () -> 1);
      Adam adam = new Adam(settings.adam(), tf, variables, discriminator);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.shape(fakes.shape())));
      Application judged =
          discriminator.apply(
              Pass.training(tf, Pass.Form.EXACT, MovingAverage.KERAS),
              path -> variables.getFloat(path).read(tf),
              images);
      Operand<TFloat32> dLogits = BinaryCrossentropy.of(tf, judged.logits(), 1).gradient();
      var targets =
          adam.update(
              tf, adam.nextIteration(tf), judged.weightGradients(tf, judged.logits(), dLogits));
      try (GraphSession session =
          new GraphSession(graph, variables, SessionOptions.exact(Device.CPU))) {
        session.restore(
            state
                .under(discriminator.name() + "/")
                .and(state.under("optimizer/" + discriminator.name() + "/")));
        GraphRun run = session.run().feed(images, fakes);
        targets.forEach(run::addTarget);
        run.run().close();
        return session.weights();
      }
    }
  }
}

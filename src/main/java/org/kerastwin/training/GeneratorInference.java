package org.kerastwin.training;

import java.util.ArrayList;
import java.util.List;
import org.kerastwin.graph.Variables;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.Sequential;
import org.kerastwin.weights.VariablePaths;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The generator in inference mode, over the variables that are trained. */
final class GeneratorInference {
  private final Ops tf;
  private final Sequential generator;
  private final GanSettings settings;
  private final Variables variables;

  GeneratorInference(Ops tf, Sequential generator, GanSettings settings, Variables variables) {
    this.tf = tf;
    this.generator = generator;
    this.settings = settings;
    this.variables = variables;
  }

  /**
   * The graph that makes images.
   *
   * @param noise {@code [n, noiseDim]}, any n
   * @param images {@code [n, height, width, channels]}
   */
  record ImageGraph(Placeholder<TFloat32> noise, Operand<TFloat32> images) {}

  /** Makes fakes in inference mode, in the exact form in chunks like Keras's {@code predict}. */
  Operand<TFloat32> predict(Ops scope, Operand<TFloat32> noise) {
    Pass pass = inferencePass(scope);
    if (settings.form() == Pass.Form.FAST
        || settings.halfBatch() <= InferenceSession.PREDICT_BATCH) {
      return generator.apply(pass, this::read, noise).output();
    }
    List<Operand<TFloat32>> chunks = new ArrayList<>();
    int most = InferenceSession.PREDICT_BATCH;
    for (int from = 0; from < settings.halfBatch(); from += most) {
      int size = Math.min(most, settings.halfBatch() - from);
      Operand<TFloat32> chunk =
          scope.slice(
              noise,
              scope.constant(new int[] {from, 0}),
              scope.constant(new int[] {size, settings.noiseDim()}));
      chunks.add(generator.apply(pass, this::read, chunk).output());
    }
    return scope.concat(chunks, scope.constant(0));
  }

  /** Adds the graph that makes images, of averaged weights if there are any. */
  ImageGraph graph() {
    Ops scope = tf.withSubScope("inference");
    Placeholder<TFloat32> noise =
        GanGraph.placeholder(scope, Shape.UNKNOWN_SIZE, generator.inputShape());
    return new ImageGraph(
        noise, generator.apply(inferencePass(scope), path -> read(averaged(path)), noise).output());
  }

  /** The variable that inference reads: the average of a weight if there is one. */
  private String averaged(String path) {
    return settings.averages() && generator.weights().get(path).trainable()
        ? VariablePaths.average(path)
        : path;
  }

  private Pass inferencePass(Ops scope) {
    return Pass.inference(scope, settings.form()).with(settings.precision());
  }

  private Operand<TFloat32> read(String path) {
    return variables.getFloat(path).read(tf);
  }
}

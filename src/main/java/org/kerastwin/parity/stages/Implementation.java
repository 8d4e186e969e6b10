package org.kerastwin.parity.stages;

import org.kerastwin.keras.AdamSettings;
import org.kerastwin.layers.Pass;
import org.kerastwin.layers.Precision;
import org.kerastwin.model.Sequential;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.runtime.Device;
import org.kerastwin.runtime.SessionOptions;
import org.kerastwin.training.Batch;
import org.kerastwin.training.BinaryCrossentropy;
import org.kerastwin.training.GanSettings;
import org.kerastwin.training.GanStep;
import org.kerastwin.training.Losses;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Our implementation of the stages. Tests replace parts of it by faulty ones.
 *
 * @param network the layers
 * @param loss the loss of a sigmoid layer
 * @param adam the optimizer
 * @param gan the settings of whole steps
 * @param step one whole step
 * @param device the device to compute on
 */
public record Implementation(
    Sequential network, Loss loss, AdamSettings adam, GanSettings gan, Step step, Device device) {
  /** Adds a loss to a graph. */
  @FunctionalInterface
  public interface Loss {
    /** As {@link BinaryCrossentropy#of}. */
    BinaryCrossentropy of(Ops tf, Operand<TFloat32> logits, double label);
  }

  /** Makes one GAN step. */
  @FunctionalInterface
  public interface Step {
    /** As {@link GanStep#run}. */
    Losses run(GanStep gan, Batch batch);
  }

  /** The implementation that the program trains with, in its exact or fast form. */
  public static Implementation of(Reference.Meta meta, Device device, Pass.Form form) {
    return of(meta, meta.network(), device, form);
  }

  /** The same with a network of any layers. */
  public static Implementation of(
      Reference.Meta meta, Sequential network, Device device, Pass.Form form) {
    GanSettings gan =
        GanSettings.notebook(meta.generator().orElse(Variant.UPSAMPLING))
            .withBatchSize(meta.batch())
            .withForm(form)
            .withNoiseDim(meta.noiseDim())
            .withPrecision(meta.precision());
    return new Implementation(
        network,
        BinaryCrossentropy::of,
        gan.adam(),
        gan,
        (step, batch) -> step.step(batch).losses(),
        device);
  }

  /** The options of its sessions. */
  SessionOptions session() {
    return new SessionOptions(device, gan.form() == Pass.Form.EXACT);
  }

  /** A comparison with the tolerances of its device and precision. */
  TensorComparison onDevice(TensorComparison comparison) {
    return onDevice(comparison, device);
  }

  /** The same for a tensor computed on another device. */
  public TensorComparison onDevice(TensorComparison comparison, Device other) {
    TensorComparison placed = other.isCpu() ? comparison : comparison.onGpu();
    return gan.precision() == Precision.FLOAT32 ? placed : placed.inBfloat16();
  }
}

package org.kerastwin.parity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Dcgan;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.checks.ModelChecks;
import org.kerastwin.parity.checks.RunChecks;
import org.kerastwin.parity.checks.StateChecks;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.ReferenceSource;
import org.kerastwin.run.folder.RunFolder;
import org.kerastwin.run.folder.StoredRun;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.GanSettings;

/**
 * Verifies a model, with or without a reference.
 *
 * @param path its file or folder
 * @param model its layers, weights and optimizer
 */
public record ModelVerification(Path path, ModelFile model) {
  /**
   * Compares the model with itself after writing and reading it, and its parts with each other.
   *
   * @throws EnvironmentException if a part is missing or damaged
   */
  public Report alone() {
    return checks().run().and(ofSavedModel()).and(ofTraining());
  }

  /**
   * Compares the model with a reference.
   *
   * @throws EnvironmentException if the reference is not available or is of another network
   */
  public Report against(ReferenceSource source, Device device, Pass.Form form) {
    String network =
        network()
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        Problem.with("model", path)
                            .expected(
                                "a discriminator, or a generator of the variants "
                                    + Variant.labels())
                            .received("another architecture")));
    int noiseDim = model.isDiscriminator() ? GanSettings.NOTEBOOK_NOISE_DIM : model.noiseDim();
    Reference reference = source.of(network, noiseDim, Optional.of(model.weights()));
    requireNoiseDim(reference);
    return Verification.of(reference, network, model.weights(), device, form)
        .run()
        .and(ofSavedModel());
  }

  private Optional<String> network() {
    return model.isDiscriminator()
        ? Optional.of(Dcgan.DISCRIMINATOR)
        : model.variant().map(Variant::label);
  }

  private String name() {
    return network().orElse(Dcgan.GENERATOR);
  }

  private void requireNoiseDim(Reference reference) {
    int noiseDim = reference.meta().noiseDim();
    if (!model.isDiscriminator() && model.noiseDim() != noiseDim) {
      throw new EnvironmentException(
          Problem.with("model", path)
              .expected(
                  "noise of %d as in the reference '%s'".formatted(noiseDim, reference.where()))
              .received("noise of " + model.noiseDim()));
    }
  }

  private ModelChecks checks() {
    return new ModelChecks(name(), model.model(), model.weights());
  }

  private boolean isRun() {
    return RunFolder.isRun(path);
  }

  /** A SavedModel has its own graph, which may differ from the network of its weights. */
  private Report ofSavedModel() {
    return Files.isDirectory(path) && !isRun()
        ? checks().ofSavedModel(path)
        : new Report(List.of(), List.of());
  }

  /** Checks the model's training state. */
  private Report ofTraining() {
    if (isRun()) {
      // Damage was already reported when the model was read.
      return new RunChecks(name(), model.model(), StoredRun.read(path, damage -> {})).check();
    }
    return model
        .optimizer()
        .map(optimizer -> new StateChecks(name(), optimizer.slots().tensors()).run())
        .orElseGet(() -> new Report(List.of(), List.of(name() + ": " + whyNoAdam())));
  }

  private String whyNoAdam() {
    return model.hasOtherOptimizer()
        ? "its optimizer is not a supported Adam"
        : "the model has no optimizer";
  }
}

package org.kerastwin.models;

import java.nio.file.Path;
import java.util.Optional;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.kerasmodel.KerasDescription;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.weights.WeightMap;

/**
 * A file or folder to write a model to, in any form.
 *
 * @param path the file or folder
 * @param form its form
 */
public record ModelOutput(Path path, ModelForm form) {
  /**
   * The output with a path, whose ending determines the form.
   *
   * @throws UsageException if its ending is not that of a form
   */
  public static ModelOutput of(Path path) {
    return ModelForm.of(path)
        .map(form -> new ModelOutput(path, form))
        .orElseThrow(
            () ->
                new UsageException(
                    Problem.with("output", path)
                        .expected("a folder or a name that ends in " + ModelForm.FILES)
                        .received("another ending")));
  }

  /**
   * Writes a model, and its optimizer where the form has a place for it. Replaces what is there.
   *
   * @param from where the model comes from, for messages
   * @throws EnvironmentException if the form cannot describe the model's layers, or the output
   *     can't be written
   */
  public void write(ModelFile model, Path from) {
    if (form != ModelForm.FOLDER && !KerasDescription.describes(model.model())) {
      throw new EnvironmentException(
          Problem.with("model", from)
              .expected("layers that Keras has")
              .received("folded batch normalizations")
              .advice("Convert the original model, in which they are not folded."));
    }
    switch (form) {
      case KERAS -> model.write(path);
      case NPZ -> writeNpz(model);
      case FOLDER -> new SavedModelOutput(path).write(model.model(), model.weights(), false);
    }
  }

  private void writeNpz(ModelFile model) {
    WeightMap weights = model.weights();
    WeightMap all = model.optimizer().map(adam -> weights.and(adam.slots())).orElse(weights);
    Npz.write(path, all.tensors(), Compression.STORED);
  }

  /**
   * Why the output does not include the optimizer of a model; empty if it does, or there is none.
   *
   * @param from where the model comes from
   */
  public Optional<String> reasonForNoOptimizer(ModelFile model, Path from) {
    if (model.hasOtherOptimizer()) {
      return Optional.of("it is not a supported Adam");
    }
    if (model.optimizer().isEmpty() || form == ModelForm.NPZ) {
      return Optional.empty();
    }
    if (form == ModelForm.FOLDER) {
      return Optional.of("a SavedModel can't contain it");
    }
    return model.writesOptimizer(path)
        ? Optional.empty()
        : Optional.of("'%s' does not contain its settings".formatted(from));
  }
}

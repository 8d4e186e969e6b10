package org.kerastwin.parity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.layers.Pass;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.Report;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.parity.reference.ReferenceSource;
import org.kerastwin.parity.reference.StoredReferences;
import org.kerastwin.parity.stages.ProgramSettings;
import org.kerastwin.runtime.Device;
import org.kerastwin.training.GanSettings;

/**
 * Chooses the references for the program or for a model, and compares with them.
 *
 * @param source of the references; empty for those that come with the program
 * @param device the device to compute on
 * @param form exact, or fast and equal up to rounding
 */
public record Verifier(Optional<ReferenceSource> source, Device device, Pass.Form form) {
  /**
   * Compares our graphs, with weights initialized from the seeds of the references.
   *
   * @param variant the only network to compare; empty for all
   * @param program what the program makes of its options
   * @throws EnvironmentException if a reference is missing, damaged or of another network
   */
  public Report ofProgram(Optional<Variant> variant, ProgramSettings program) {
    Optional<Reference> only = source.flatMap(ReferenceSource::only);
    variant.ifPresent(claimed -> only.ifPresent(reference -> requireVariant(reference, claimed)));
    List<String> networks =
        only.map(reference -> reference.meta().variant())
            .or(() -> variant.map(Variant::label))
            .map(List::of)
            .orElse(StoredReferences.NETWORKS);
    return networks.stream()
        .map(network -> only.orElseGet(() -> reference(network)))
        .map(reference -> Verification.of(reference, device, form, program).run())
        .reduce(new Report(List.of(), List.of()), Report::and);
  }

  private Reference reference(String network) {
    return source
        .map(live -> live.of(network, GanSettings.NOTEBOOK_NOISE_DIM, Optional.empty()))
        .orElseGet(() -> StoredReferences.read(network));
  }

  private static void requireVariant(Reference reference, Variant claimed) {
    String found = reference.meta().variant();
    if (!found.equals(claimed.label())) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("the variant " + claimed)
              .received("one of " + found));
    }
  }

  /**
   * Compares a model of the notebook, with or without a reference, or any other with one.
   *
   * @param path the file or folder of the model
   * @param model reads a model of the notebook from there
   * @throws EnvironmentException if the model or its reference is missing or damaged
   */
  public Report ofModel(Path path, Supplier<ModelFile> model) {
    Optional<ModelUnderTest> other =
        source.flatMap(
            given ->
                ModelUnderTest.read(path)
                    .filter(found -> isOfModel(given) || !found.isOfNotebook()));
    if (other.isPresent()) {
      return Verification.of(source.orElseThrow().of(path), other.get(), device, form).run();
    }
    ModelVerification verification = new ModelVerification(path, model.get());
    return source
        .map(given -> verification.against(given, device, form))
        .orElseGet(verification::alone);
  }

  private static boolean isOfModel(ReferenceSource source) {
    return source.only().filter(reference -> reference.meta().isModel()).isPresent();
  }
}

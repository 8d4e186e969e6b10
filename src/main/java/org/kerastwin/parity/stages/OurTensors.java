package org.kerastwin.parity.stages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.FoldedModel;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.savedmodel.InferenceGraph;
import org.kerastwin.savedmodel.ModelGraph;
import org.kerastwin.weights.WeightMap;

/** Computes what a reference holds: all stages that apply to a network. */
public final class OurTensors {
  private final Reference reference;
  private final Implementation implementation;
  private final NamedRandom draws;
  private final Map<TensorKey, NdArray> tensors = new LinkedHashMap<>();
  private final List<TensorComparison> comparisons = new ArrayList<>();

  private OurTensors(Reference reference, Implementation implementation) {
    this.reference = reference;
    this.implementation = implementation;
    this.draws = new NamedRandom(reference.meta().seed());
  }

  /**
   * What was computed.
   *
   * @param tensors to compare with the reference
   * @param comparisons of our own results with each other, which need no reference
   */
  public record Result(Map<TensorKey, NdArray> tensors, List<TensorComparison> comparisons) {}

  /**
   * Computes the stages of a network whose weights follow from the seed.
   *
   * @throws EnvironmentException if those of the reference do not
   */
  public static Result ofSeed(
      Reference reference, Implementation implementation, ProgramSettings program)
      throws IOException {
    if (!reference.meta().isSeeded()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("weights that follow from a seed")
              .received("those of a model")
              .remedy(Remedy.NAME_THE_MODEL));
    }
    OurTensors ours = new OurTensors(reference, implementation);
    long seed = reference.meta().seed();
    WeightMap initial =
        SeededWeights.initial(implementation.network(), seed, implementation.device());
    ours.put(Stage.INITIAL, initial);
    ours.addNetwork(SeededWeights.moved(initial, ours.draws));
    if (reference.meta().generator().map(variant -> variant.isTrainable()).orElse(false)) {
      ours.addTraining(program, seed);
    }
    ours.addFiles();
    return ours.result();
  }

  /** Computes the stages of a network with given weights. */
  public static Result ofModel(
      Reference reference, Implementation implementation, WeightMap weights) throws IOException {
    OurTensors ours = new OurTensors(reference, implementation);
    ours.addNetwork(weights);
    return ours.result();
  }

  private Result result() {
    return new Result(tensors, comparisons);
  }

  private void put(Stage stage, WeightMap weights) {
    weights.tensors().forEach((path, value) -> tensors.put(new TensorKey(stage, path), value));
  }

  private void addNetwork(WeightMap weights) throws IOException {
    NetworkUnderTest subject = new NetworkUnderTest(reference.meta(), implementation, weights);
    put(Stage.WEIGHTS, weights);
    tensors.putAll(NetworkStages.compute(subject));
    tensors.putAll(LossStage.compute(implementation));
    tensors.putAll(AdamStage.compute(implementation, draws));
    InferenceGraph graph = ModelGraph.of(implementation.network(), "input", TensorKey.OUTPUT);
    FoldedModel folded = FoldedModel.of(implementation.network(), weights);
    NdArray output = addSavedModel("", graph, weights, subject);
    addSavedModel(".frozen", graph.frozen(weights), weights, subject);
    addSavedModel(".folded", ModelGraph.of(folded.model()), folded.weights(), subject);
    if (reference.meta().generator().isPresent()) {
      tensors.put(new TensorKey(Stage.GRID, GridStage.PIXELS), GridStage.pixels(output));
    }
  }

  private NdArray addSavedModel(
      String form, InferenceGraph graph, WeightMap weights, NetworkUnderTest subject)
      throws IOException {
    NdArray output = SavedModelStage.reload(graph, weights, subject.input());
    tensors.put(new TensorKey(Stage.SAVEDMODEL, TensorKey.OUTPUT + form), output);
    return output;
  }

  private void addTraining(ProgramSettings program, long seed) throws IOException {
    tensors.putAll(TrajectoryStage.compute(implementation, draws));
    tensors.putAll(TrainingLoopStages.compute(implementation, program, seed));
    tensors.put(new TensorKey(Stage.GRID, GridStage.WIDE), GridStage.wide(program.grid(), draws));
    attempt(
        Stage.RESUME,
        () -> {
          ResumeStage.Result runs =
              new ResumeStage(reference.meta().variant(), implementation, seed).compute();
          tensors.putAll(runs.loop());
          comparisons.addAll(runs.resumed());
        });
  }

  private void addFiles() throws IOException {
    attempt(
        Stage.FILES,
        () -> {
          KerasFilesStage.Result files = KerasFilesStage.compute(reference);
          tensors.putAll(files.read());
          comparisons.addAll(files.written());
        });
  }

  /** Reads and writes files. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  /** A file that we refuse or can't run, though Keras or we ourselves wrote it, is a difference. */
  private void attempt(Stage stage, Attempt attempt) throws IOException {
    try {
      attempt.run();
    } catch (RuntimeException refused) {
      // A full disk is no difference.
      if (refused.getCause() instanceof IOException failed) {
        throw failed;
      }
      comparisons.add(
          TensorComparison.failed(
              reference.meta().variant(),
              new TensorKey(stage, "read"),
              String.valueOf(refused.getMessage())));
    }
  }
}

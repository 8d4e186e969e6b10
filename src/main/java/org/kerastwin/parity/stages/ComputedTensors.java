package org.kerastwin.parity.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerastwin.EnvironmentException;
import org.kerastwin.Problem;
import org.kerastwin.Remedy;
import org.kerastwin.io.NdArray;
import org.kerastwin.model.InferenceSession;
import org.kerastwin.model.LayerNode;
import org.kerastwin.model.Variant;
import org.kerastwin.parity.compare.Stage;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;
import org.kerastwin.parity.reference.NamedRandom;
import org.kerastwin.parity.reference.Reference;
import org.kerastwin.weights.WeightMap;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Computes the tensors of a reference: all stages that apply to a network. */
public final class ComputedTensors {
  private final Reference reference;
  private final Implementation implementation;
  private final NamedRandom draws;
  private final Map<TensorKey, NdArray> tensors = new LinkedHashMap<>();
  private final List<TensorComparison> comparisons = new ArrayList<>();
  private final Set<Stage> failed = EnumSet.noneOf(Stage.class);

  private ComputedTensors(Reference reference, Implementation implementation) {
    this.reference = reference;
    this.implementation = implementation;
    this.draws = new NamedRandom(reference.meta().seed());
  }

  /**
   * The results of a computation.
   *
   * @param tensors to compare with the reference
   * @param comparisons of our own results with each other, which need no reference
   * @param failed stages whose tensors could not be computed; a comparison says why
   */
  public record Result(
      Map<TensorKey, NdArray> tensors, List<TensorComparison> comparisons, Set<Stage> failed) {}

  /**
   * Computes the stages of a network whose weights follow from the seed.
   *
   * @throws EnvironmentException if those of the reference come from a model
   */
  public static Result ofSeed(
      Reference reference, Implementation implementation, ProgramSettings program)
      throws IOException {
    if (!reference.meta().isSeeded()) {
      throw new EnvironmentException(
          Problem.with("reference", reference.where())
              .expected("weights drawn from a seed")
              .received("weights of a model")
              .remedy(Remedy.NAME_THE_MODEL));
    }
    ComputedTensors ours = new ComputedTensors(reference, implementation);
    long seed = reference.meta().seed();
    WeightMap initial =
        SeededWeights.initial(implementation.network(), seed, implementation.device());
    ours.put(Stage.INITIAL, initial);
    ours.addNetwork(SeededWeights.moved(initial, ours.draws));
    if (reference.meta().generator().filter(Variant::isTrainable).isPresent()) {
      ours.addTraining(program, seed);
    }
    ours.addFiles();
    return ours.result();
  }

  /** Computes the stages of a network with given weights. */
  public static Result ofModel(
      Reference reference, Implementation implementation, WeightMap weights) throws IOException {
    ComputedTensors ours = new ComputedTensors(reference, implementation);
    ours.addNetwork(weights);
    return ours.result();
  }

  private Result result() {
    return new Result(tensors, comparisons, failed);
  }

  private void add(StageResult found) {
    tensors.putAll(found.tensors());
    comparisons.addAll(found.comparisons());
  }

  private void put(Stage stage, WeightMap weights) {
    weights.tensors().forEach((path, value) -> tensors.put(new TensorKey(stage, path), value));
  }

  private void addNetwork(WeightMap weights) throws IOException {
    NetworkUnderTest subject = new NetworkUnderTest(reference.meta(), implementation, weights);
    put(Stage.WEIGHTS, weights);
    attempt(
        () -> tensors.putAll(NetworkStages.compute(subject)),
        Stage.LAYER,
        Stage.INFERENCE,
        Stage.TRAINING,
        Stage.GRADIENT,
        Stage.MOVING,
        Stage.GRID);
    if (!failed.contains(Stage.INFERENCE)) {
      attempt(() -> addBatches(weights, subject), Stage.INFERENCE);
    }
    attempt(() -> tensors.putAll(LossStage.compute(implementation)), Stage.LOSS);
    attempt(() -> tensors.putAll(AdamStage.compute(implementation, draws)), Stage.ADAM);
    if (reference.meta().isDiscriminator()) {
      attempt(() -> tensors.putAll(AdamStage.computeOther(implementation, draws)), Stage.ADAM);
    }
    attempt(
        () ->
            add(
                SavedModelStage.compute(
                    reference, implementation.network(), weights, subject.input())),
        Stage.SAVEDMODEL);
    if (reference.meta().generator().isPresent() && !failed.contains(Stage.GRID)) {
      attempt(
          () -> tensors.put(GridStage.PIXELS, GridStage.pixels(tensors.get(lastOutput()))),
          Stage.GRID);
    }
  }

  /** Batches that do not divide the samples must give what one batch gives. */
  private void addBatches(WeightMap weights, NetworkUnderTest subject) {
    TensorKey key = new TensorKey(Stage.INFERENCE, TensorKey.OUTPUT + ".batches");
    try (InferenceSession session =
        new InferenceSession(
            implementation.network(),
            weights,
            implementation.device(),
            implementation.gan().form(),
            implementation.gan().precision())) {
      NdArray output = session.run(subject.input(), subject.meta().batch() - 1);
      comparisons.add(implementation.onDevice(reference.compare(key, output, lastOutput())));
    }
  }

  /** The output of the last layer in inference mode. */
  private TensorKey lastOutput() {
    List<LayerNode> layers = implementation.network().nodes();
    return new TensorKey(Stage.INFERENCE, layers.get(layers.size() - 1).name());
  }

  private void addTraining(ProgramSettings program, long seed) throws IOException {
    attempt(() -> tensors.putAll(TrajectoryStage.compute(implementation, draws)), Stage.TRAJECTORY);
    attempt(
        () -> tensors.putAll(TrainingLoopStages.compute(implementation, program, seed)),
        Stage.LOOP,
        Stage.SETTINGS,
        Stage.DATA,
        Stage.DRAWS);
    attempt(() -> tensors.putAll(GridStage.compute(program.grid(), draws)), Stage.GRID);
    attempt(
        () -> add(new ResumeStage(reference.meta().variant(), implementation, seed).compute()),
        Stage.RESUME,
        Stage.LOOP);
  }

  private void addFiles() throws IOException {
    attempt(
        () -> tensors.putAll(CustomNetworksStage.compute(reference, implementation)),
        Stage.TRAJECTORY);
    attempt(() -> tensors.putAll(DatasetStage.compute(reference)), Stage.DATA);
    attempt(() -> add(EveryLayerStage.compute(reference, implementation)), Stage.EVERY_LAYER);
    attempt(() -> add(KerasFilesStage.compute(reference)), Stage.FILES);
  }

  /** Computes tensors. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  /** A failure counts as a difference, since the input comes from Keras or this program. */
  private void attempt(Attempt attempt, Stage... stages) throws IOException {
    try {
      attempt.run();
    } catch (TFResourceExhaustedException outOfMemory) {
      throw outOfMemory;
    } catch (RuntimeException refused) {
      // A full disk is no difference, but text that this program wrote and can't read is one.
      if (refused.getCause() instanceof IOException unwritable
          && !(unwritable instanceof JsonProcessingException)) {
        throw unwritable;
      }
      failed.addAll(List.of(stages));
      comparisons.add(
          TensorComparison.failed(
              reference.meta().variant(),
              new TensorKey(stages[0], "run"),
              String.valueOf(refused.getMessage()).replaceFirst("[.]$", "")));
    }
  }
}

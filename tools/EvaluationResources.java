import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.data.ImageShape;
import org.kerastwin.evaluation.Classifier;
import org.kerastwin.evaluation.ClassifierTraining;
import org.kerastwin.evaluation.ClassifierTraining.Phase;
import org.kerastwin.evaluation.EvaluationJson;
import org.kerastwin.evaluation.Evaluator;
import org.kerastwin.evaluation.GeneratedImages;
import org.kerastwin.evaluation.Metrics;
import org.kerastwin.evaluation.RealImages;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.kerasmodel.ModelFile;
import org.kerastwin.models.ModelSource;
import org.kerastwin.runtime.Device;
import org.kerastwin.weights.WeightMap;

/**
 * Makes the resources of `evaluate` in src/main/resources/org/kerastwin/evaluation:
 *
 * <pre>
 * mvn -q package -DskipTests
 * run="java -cp target/trainer.jar tools/EvaluationResources.java MNIST.npz"
 * $run classifier    classifier.npz, the classifier's weights (10 minutes on 2 idle cores)
 * $run features      mnist-features.npz, of MNIST's training images
 * $run figures       figures.json, of MNIST's test images and of the generators in saved_models
 * </pre>
 *
 * Package the jar again after each command: the next command needs the result.
 */
public final class EvaluationResources {
  private static final Path FOLDER = Path.of("src/main/resources/org/kerastwin/evaluation");
  private static final Path GENERATORS = Path.of("saved_models");
  private static final int COUNT = 10_000;
  private static final long CLASSIFIER_SEED = 1;
  private static final long NOISE_SEED = 0;
  private static final List<Phase> PHASES =
      List.of(new Phase(9, 1e-3), new Phase(4, 2e-4), new Phase(1, 4e-5));

  public static void main(String[] arguments) throws Exception {
    Dataset mnist =
        new DatasetSource(
                DatasetEnvironment.ofProcess(), new ImageShape(28, 28, 1), System.err::println)
            .load(arguments[0]);
    switch (arguments[1]) {
      case "classifier" -> classifier(mnist);
      case "features" -> features(mnist);
      case "figures" -> figures(mnist);
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static void classifier(Dataset mnist) {
    WeightMap weights =
        new ClassifierTraining(mnist.train(), CLASSIFIER_SEED, System.out::println).run(PHASES);
    Npz.write(FOLDER.resolve("classifier.npz"), weights.tensors(), Compression.DEFLATED);
    try (Classifier classifier = new Classifier(weights)) {
      System.out.printf(
          "%.2f%% of the test images are recognized.%n", 100 * classifier.accuracy(mnist.test().orElseThrow()));
    }
  }

  private static void features(Dataset mnist) {
    try (Classifier classifier = Evaluator.classifier()) {
      RealImages.of(mnist.train(), classifier).write(FOLDER.resolve("mnist-features.npz"));
    }
  }

  private static void figures(Dataset mnist) throws Exception {
    Map<String, Metrics> figures = new LinkedHashMap<>();
    try (Evaluator evaluator = Evaluator.ofMnist();
        Stream<Path> generators = Files.list(GENERATORS)) {
      figures.put("real test images", evaluator.figures(mnist.test().orElseThrow().scaled()));
      for (Path generator : generators.sorted().toList()) {
        if (Files.isDirectory(generator)) {
          figures.put(generator.getFileName().toString(), evaluator.figures(images(generator)));
        }
      }
    }
    Files.write(
        FOLDER.resolve("figures.json"),
        EvaluationJson.of(figures).getBytes(StandardCharsets.UTF_8));
  }

  private static NdArray images(Path path) {
    ModelFile generator = new ModelSource(path, Optional.empty(), Optional.of("generator")).read();
    return GeneratedImages.of(
        generator.model(), generator.weights(), Device.CPU, NOISE_SEED, COUNT);
  }
}

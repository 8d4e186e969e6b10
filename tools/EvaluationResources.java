import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kerastwin.data.Dataset;
import org.kerastwin.data.DatasetEnvironment;
import org.kerastwin.data.DatasetSource;
import org.kerastwin.evaluation.Classifier;
import org.kerastwin.evaluation.ClassifierTraining;
import org.kerastwin.evaluation.ClassifierTraining.Phase;
import org.kerastwin.io.NdArray;
import org.kerastwin.io.Npz;
import org.kerastwin.io.ZipWriter.Compression;
import org.kerastwin.runtime.NativeRuntime;
import org.kerastwin.weights.WeightMap;

public class EvaluationResources {
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    NativeRuntime.loadQuietly();
    Dataset mnist = DatasetSource.load(arguments.length > 1 ? arguments[1] : "mnist", DatasetEnvironment.ofProcess(), System.err::println);
    long t = System.nanoTime();
    int f = Integer.getInteger("scale", 1);
    WeightMap weights =
        new ClassifierTraining(mnist.train(), 1, s -> System.out.println((System.nanoTime() - t) / 1000000000 + " s " + s))
            .run(f==0 ? List.of(new Phase(1, 1e-3)) : List.of(new Phase(10, 1e-3), new Phase(4, 2e-4), new Phase(2, 4e-5)));
    Npz.write(folder.resolve("classifier.npz"), weights.tensors(), Compression.DEFLATED);
    try (Classifier classifier = new Classifier(weights)) {
      int n = mnist.test().size();
      float[] pixels = new float[n * 784];
      int[] all = new int[n];
      for (int i = 0; i < n; i++) all[i] = i;
      mnist.test().scaled(all, pixels);
      int[] classes = classifier.judge(NdArray.ofFloats(pixels, List.of(n, 28, 28, 1))).classes();
      int right = 0;
      byte[] labels = mnist.test().labels().bytes();
      for (int i = 0; i < n; i++) if (classes[i] == labels[i]) right++;
      System.out.println("right " + right);
    }
  }
}
